import "../credits-session/define.ts";
import { defineElement } from "../ui/define-element.ts";
import { CreditsLedger } from "./credits-ledger.ts";

defineElement("credits-ledger", CreditsLedger);
