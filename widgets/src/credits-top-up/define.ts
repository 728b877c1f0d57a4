import "../credits-session/define.ts";
import { defineElement } from "../ui/define-element.ts";
import { CreditsTopUp } from "./credits-top-up.ts";

defineElement("credits-top-up", CreditsTopUp);
