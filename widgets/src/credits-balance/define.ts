import "../credits-session/define.ts";
import { defineElement } from "../ui/define-element.ts";
import { CreditsBalance } from "./credits-balance.ts";

defineElement("credits-balance", CreditsBalance);
