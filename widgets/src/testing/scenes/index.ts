import { autoTopUpScenes } from "./credits-auto-top-up.ts";
import { balanceScenes } from "./credits-balance.ts";
import { grantsScenes } from "./credits-grants-table.ts";
import { ledgerScenes } from "./credits-ledger.ts";
import { topUpScenes } from "./credits-top-up.ts";
import { chartScenes } from "./credits-usage-chart.ts";
import { portalScenes } from "./credits-utilization-portal.ts";
import type { Scene } from "./scene.ts";

export { type Scene, SCENE_NOW } from "./scene.ts";

/** Every element in each of its designed states. An element that is new adds a file beside these. */
export const scenes: Scene[] = [
  ...balanceScenes,
  ...chartScenes,
  ...grantsScenes,
  ...ledgerScenes,
  ...topUpScenes,
  ...autoTopUpScenes,
  ...portalScenes,
];
