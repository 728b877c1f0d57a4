// Registers every element of the kit.
import "./credits-auto-top-up/define.ts";
import "./credits-balance/define.ts";
import "./credits-grants-table/define.ts";
import "./credits-ledger/define.ts";
import "./credits-session/define.ts";
import "./credits-top-up/define.ts";
import "./credits-usage-chart/define.ts";
import "./credits-utilization-portal/define.ts";
