import fc from "fast-check";
import type { Command, GrantCategory } from "../pool/types.ts";
import type { Taken } from "./reference-model.ts";

/*
 * Histories that look for trouble: few instants and few priorities, so that ties are common; waits that pass several due
 * times at once; amounts around nothing, around each other and, on every eighth history, around the limits.
 */

const CATEGORIES: readonly GrantCategory[] = ["promo", "recurring", "paid"];
const WAITS = [0, 0, 0, 0, 1, 1, 2, 5, 5, 10, 30, 100];
const BEGINS = [-5, -5, 0, 1, 3, 5, 5, 10, 20];
const ENDS = [-1, 0, 1, 5, 10, 20, 20, 60, 60, 100, 200];
const START = 1_000;

/** The length of a history is uniform from 1 to this. */
export const LONGEST_HISTORY = 60;

const step = fc.record({
  wait: fc.constantFrom(...WAITS),
  kind: fc.constantFrom("grant", "grant", "grant", "consume", "consume", "consume", "settle"),
  units: fc.integer({ min: 0, max: 24 }),
  dust: fc.constantFrom(0n, 0n, 0n, 0n, 0n, -1n, 1n),
  category: fc.constantFrom(...CATEGORIES),
  priority: fc.integer({ min: 0, max: 2 }),
  begins: fc.option(fc.constantFrom(...BEGINS), { freq: 2 }),
  ends: fc.option(fc.constantFrom(...ENDS), { freq: 4 }),
  onTheFives: fc.boolean(),
  feast: fc.constantFrom(1n, 1n, 1n, 1n, 4n, 20n),
  limit: fc.constantFrom("hard", "hard", "hard", "soft"),
});
type RandomStep = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What one unit is: a micro-credit, a credit, or so much that 20 are the most a grant and 180 the most a pool holds. */
const unit = fc.constantFrom(1n, 1n, 1n, 1n, 1n, 1n, 1_000_000n, 5n * 10n ** 16n);
const steps = fc.array(step, { minLength: 1, maxLength: LONGEST_HISTORY, size: "max" });

export const anyHistory: fc.Arbitrary<Taken[]> = fc.tuple(unit, steps).map(([size, drafts]) => {
  let at = START;
  return drafts.map((draft, index) => {
    at += draft.wait;
    return { at, command: commandOf(draft, { at, size, grantId: `g${index}` }) };
  });
});

function commandOf(
  draft: RandomStep,
  { at, size, grantId }: { at: number; size: bigint; grantId: string },
): Command {
  const instant = (offset: number | null) => {
    if (offset === null) return null;
    return draft.onTheFives ? Math.ceil((at + offset) / 5) * 5 : at + offset;
  };
  switch (draft.kind) {
    case "settle":
      return { kind: "settle" };
    case "consume":
      return {
        kind: "consume",
        amount: BigInt(draft.units % 10) * draft.feast * size + draft.dust,
        limit: draft.limit,
        occurredAt: at - 7,
      };
    default:
      return {
        kind: "grant",
        grantId,
        amount: BigInt(draft.units) * size + draft.dust,
        category: draft.category,
        priority: draft.priority,
        effectiveAt: instant(draft.begins),
        expiresAt: instant(draft.ends),
      };
  }
}
