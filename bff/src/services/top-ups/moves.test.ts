import assert from "node:assert/strict";
import { test } from "node:test";
import { TOP_UP_STATUSES, type TopUpStatus } from "@credits-kit/contract";
import { canMove } from "./moves.ts";

test("orders never go round in a circle: each move leads to fewer that are left (pitfall 7)", () => {
  const longest = (from: TopUpStatus, seen: readonly TopUpStatus[] = []): number => {
    assert.ok(!seen.includes(from), `${from} comes again`);
    const next = TOP_UP_STATUSES.filter((to) => canMove(from, to));
    return Math.max(0, ...next.map((to) => 1 + longest(to, [...seen, from])));
  };
  for (const status of TOP_UP_STATUSES) assert.ok(longest(status) <= 4);
});

test("money wins over whatever became of an order, and what is paid stays (pitfall 23)", () => {
  for (const from of TOP_UP_STATUSES) assert.equal(canMove(from, "paid"), from !== "paid");
  for (const to of TOP_UP_STATUSES) assert.equal(canMove("paid", to), false);
});

test("what is on its way is neither given up nor over", () => {
  for (const to of ["awaiting_payment", "action_required", "expired", "void"] as const)
    assert.equal(canMove("processing", to), false);
});
