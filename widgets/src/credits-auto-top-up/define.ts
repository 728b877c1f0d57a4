import "../credits-session/define.ts";
import { defineElement } from "../ui/define-element.ts";
import { CreditsAutoTopUp } from "./credits-auto-top-up.ts";

defineElement("credits-auto-top-up", CreditsAutoTopUp);
