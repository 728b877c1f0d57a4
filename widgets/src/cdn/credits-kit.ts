// All elements, for a page without a bundler.
import "./credits-top-up.ts";
import "./credits-auto-top-up.ts";
import "./credits-grants-table.ts";
import "./credits-ledger.ts";
import "./credits-usage-chart.ts";
import "./credits-utilization-portal.ts";
