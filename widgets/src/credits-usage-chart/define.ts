import "../credits-session/define.ts";
import { defineElement } from "../ui/define-element.ts";
import { CreditsUsageChart } from "./credits-usage-chart.ts";

defineElement("credits-usage-chart", CreditsUsageChart);
