import fc from "fast-check";
import type { GrantCategory } from "../pool/types.ts";
import type { Ask } from "./history.ts";

const CATEGORIES: readonly GrantCategory[] = ["promo", "recurring", "paid"];
const WAITS = [0, 0, 0, 0, 0, 0, 1, 1, 2, 5, 5, 10, 30];
const BEGINS = [-5, -5, 0, 1, 3, 5, 5, 10, 20];
const LATE = [1, 5, 5, 10, 20, 30];
const ENDS = [-1, 0, 1, 5, 10, 20, 20, 60, 60, 100, 200];
const LIVES = [-1, 0, 1, 5, 10, 20, 20, 60, 60, 60, 100, 100];

/** How often each kind is asked, in proportion. */
const WEIGHTS: Record<Ask["kind"], number> = {
  grant: 14,
  consume: 11,
  settle: 2,
  update_grant: 8,
  revoke: 6,
  confirm_payment: 4,
  freeze: 5,
  unfreeze: 4,
  reverse: 8,
  place_hold: 8,
  capture_hold: 8,
  release_hold: 4,
  extend_hold: 4,
};

/** Every kind of ask that there is. */
export const ASK_KINDS = Object.keys(WEIGHTS).filter(isAskKind);

/** Draws what chance says of one ask. */
export const step = fc.record({
  wait: fc.constantFrom(...WAITS),
  kind: fc.constantFrom(...ASK_KINDS.flatMap((kind) => Array.from({ length: WEIGHTS[kind] }, () => kind))),
  units: fc.integer({ min: 0, max: 24 }),
  dust: fc.constantFrom(0n, 0n, 0n, 0n, 0n, 0n, -1n, 1n),
  feast: fc.constantFrom(1n, 1n, 1n, 1n, 1n, 4n, 20n),
  aim: fc.constantFrom("units", "units", "part", "part", "part", "left", "all", "all"),
  category: fc.constantFrom(...CATEGORIES),
  priority: fc.integer({ min: 0, max: 2 }),
  /** How long ago a grant was due, where it is late. */
  late: fc.constantFrom(null, null, ...LATE),
  begins: fc.option(fc.constantFrom(...BEGINS), { freq: 2 }),
  ends: fc.option(fc.constantFrom(...ENDS), { freq: 4 }),
  lives: fc.constantFrom(...LIVES),
  onTheFives: fc.boolean(),
  isPending: fc.constantFrom(true, false, false, false, false),
  isFinal: fc.boolean(),
  limit: fc.constantFrom("hard", "soft"),
  /** How many terms of the burn order a grant shares with an earlier one. */
  alike: fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 4),
  /** The terms that an update gives. */
  gives: fc.subarray(["priority", "effectiveAt", "expiresAt"] as const),
  /** How far back to look for what an ask is about. */
  back: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 5, 9),
  /** Whether to look only at what suits the ask. */
  isApt: fc.constantFrom(true, true, true, false),
  /** Whether to ask about what never was. */
  isStray: fc.constantFrom(...Array.from({ length: 20 }, (_, index) => index === 0)),
});
/** What chance says of one ask, before it is known what there is to ask about. */
export type Draft = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function isAskKind(kind: string): kind is Ask["kind"] {
  return kind in WEIGHTS;
}
