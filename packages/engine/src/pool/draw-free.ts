import { freeOf, lesserOf } from "./figures.ts";
import type { Draw, Pool } from "./types.ts";

/** Draws on free credits in burn order, and what is missing after them. */
export function drawFree(
  pool: Pool,
  amount: bigint,
  drawOf: (grantKey: number, amount: bigint) => Draw,
): { draws: Draw[]; missing: bigint } {
  const draws: Draw[] = [];
  let missing = amount;
  for (const grant of pool.grants) {
    if (missing === 0n) break;
    const drawn = lesserOf(freeOf(grant), missing);
    if (drawn === 0n) continue;
    draws.push(drawOf(grant.key, drawn));
    missing -= drawn;
  }
  return { draws, missing };
}
