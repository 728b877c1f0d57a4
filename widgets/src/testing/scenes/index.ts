import * as autoTopUp from "../../credits-auto-top-up/credits-auto-top-up.stories.ts";
import * as balance from "../../credits-balance/credits-balance.stories.ts";
import * as grantsTable from "../../credits-grants-table/credits-grants-table.stories.ts";
import * as ledger from "../../credits-ledger/credits-ledger.stories.ts";
import * as topUp from "../../credits-top-up/credits-top-up.stories.ts";
import * as usageChart from "../../credits-usage-chart/credits-usage-chart.stories.ts";
import * as portal from "../../credits-utilization-portal/credits-utilization-portal.stories.ts";
import type { Scene } from "./scene.ts";
import { scenesOf } from "./story.ts";

export { type Scene, SCENE_NOW } from "./scene.ts";

/** Every element in each of its designed states, which are its stories. An element that is new adds its file of them. */
export const scenes: Scene[] = [balance, usageChart, grantsTable, ledger, topUp, autoTopUp, portal].flatMap(
  scenesOf,
);
