import { defineElement } from "../ui/define-element.ts";
import { CreditsSession } from "./credits-session.ts";

defineElement("credits-session", CreditsSession);
