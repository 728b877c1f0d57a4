import "../credits-session/define.ts";
import { defineElement } from "../ui/define-element.ts";
import { CreditsGrantsTable } from "./credits-grants-table.ts";

defineElement("credits-grants-table", CreditsGrantsTable);
