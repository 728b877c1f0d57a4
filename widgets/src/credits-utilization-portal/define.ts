import "../credits-session/define.ts";
import { defineElement } from "../ui/define-element.ts";
import { CreditsUtilizationPortal } from "./credits-utilization-portal.ts";

defineElement("credits-utilization-portal", CreditsUtilizationPortal);
