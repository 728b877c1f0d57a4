import fc from "fast-check";
import { askOf } from "./random-asks.ts";
import { step } from "./random-draft.ts";
import { HUGE_UNIT, type World } from "./random-world.ts";
import { type Taken, Telling } from "./reference-model.ts";

export { ASK_KINDS } from "./random-draft.ts";

/*
 * Histories that look for trouble: few instants and few priorities, so that ties are common; waits that pass several due
 * times at once; amounts around nothing, around what is left and, on every eighth history, around the limits; asks about
 * what is there, what is gone and what never was.
 */

/** The length of a history is uniform from 1 to this. */
export const LONGEST_HISTORY = 60;

/** What one unit is: mostly a micro-credit. On a brimming history grants are as large as can be, and stay. */
const sizes = [1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1_000_000n, HUGE_UNIT];
const size = fc.constantFrom(...sizes.map((unit) => ({ unit, isBrimming: false })), {
  unit: HUGE_UNIT,
  isBrimming: true,
});
const steps = fc.array(step, { minLength: 1, maxLength: LONGEST_HISTORY, size: "max" });

export const anyHistory: fc.Arbitrary<Taken[]> = fc
  .tuple(size, steps)
  .map(([{ unit, isBrimming }, drafts]) => {
    const telling = new Telling();
    const world: World = { at: 1_000, unit, isBrimming, taken: [], chapters: [] };
    for (const draft of drafts) {
      world.at += draft.wait;
      const taken = { at: world.at, ask: askOf(draft, world) };
      world.taken.push(taken);
      world.chapters.push(telling.next(taken));
    }
    return world.taken;
  });
