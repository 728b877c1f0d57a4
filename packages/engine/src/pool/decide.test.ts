import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { broken } from "../test-support/checks.ts";
import { Host } from "../test-support/host.ts";
import { POOL_INVARIANTS } from "../test-support/invariants.ts";
import { journalsOf } from "../test-support/journal.ts";
import { LEDGER_INVARIANTS } from "../test-support/ledger-invariants.ts";
import { checkHistories } from "../test-support/random-runs.ts";
import { dueAt, type Taken, tell } from "../test-support/reference-model.ts";
import { chaptersOf, chapterText, runEngine, type Step } from "../test-support/telling-engine.ts";
import { apply } from "./apply.ts";
import { decide } from "./decide.ts";
import { nextDueAt } from "./settle.ts";
import type { Command, SettleCommand } from "./commands.ts";
import { EMPTY_POOL, type Entry, type Instant, type Pool } from "./types.ts";

const SETTLE: SettleCommand = { kind: "settle" };

describe("whatever is asked, in whatever order and however late", () => {
  test("every balance, draw, line and refusal is what the rules say", (t) => {
    const tried = checkHistories(2000, (history) => {
      const told = tell(history).map(chapterText);
      const decided = chaptersOf(runEngine(history)).map(chapterText);
      if (decided.join() !== told.join()) assert.deepEqual(decided, told);
    });
    t.diagnostic(tried);
  });

  test("the invariants hold after every step", (t) => {
    const tried = checkHistories(500, (history) => {
      const journals = journalsOf(runEngine(history));
      for (const journal of journals) assert.deepEqual(broken(POOL_INVARIANTS, journal), []);
      assert.deepEqual(broken(LEDGER_INVARIANTS, journals.at(-1)?.taken ?? []), []);
    });
    t.diagnostic(tried);
  });

  test("the pool is what its entries add up to, after every step", (t) => {
    const tried = checkHistories(500, (history) => {
      let replayed = EMPTY_POOL;
      for (const { decision } of runEngine(history)) {
        replayed = decision.entries.reduce(apply, replayed);
        assertSamePool(decision.pool, replayed);
      }
    });
    t.diagnostic(tried);
  });

  test("settling late writes the ledger that settling on time would have written", (t) => {
    const tried = checkHistories(500, (history) => {
      const late = runEngine(history);
      const punctual = runPunctually(history);
      assert.equal(asText(entriesOf(late)), asText(punctual.entries));
      assertSamePool(late.at(-1)?.decision.pool ?? EMPTY_POOL, punctual.pool);
    });
    t.diagnostic(tried);
  });

  test("deciding twice gives the same answer, and changes nothing that was handed in", (t) => {
    const tried = checkHistories(500, (history) => {
      // The run froze every pool and command: a change in place would have thrown.
      for (const { before, command, taken, decision } of runEngine(history)) {
        if (command) assert.equal(asText(decide(before, command, taken.at)), asText(decision));
      }
    });
    t.diagnostic(tried);
  });

  test("a refused command leaves what time alone would have left", (t) => {
    const tried = checkHistories(500, (history) => {
      for (const { before, taken, decision } of runEngine(history)) {
        if (!decision.refusal) continue;
        assert.equal(asText({ ...decision, refusal: null }), asText(decide(before, SETTLE, dueAt(taken))));
      }
    });
    t.diagnostic(tried);
  });
});

/** Settles whatever falls due at its very instant, between the asks, and nothing that an ask finds due; grants on time. */
function runPunctually(history: readonly Taken[]): { entries: readonly Entry[]; pool: Pool } {
  const host = new Host();
  const entries: Entry[] = [];
  for (const [index, { ask, ...taken }] of history.entries()) {
    const at = dueAt({ ask, ...taken });
    const decideAt = (command: Command, now: Instant) => {
      const decision = decide(host.pool, command, now);
      host.learn(decision, command === SETTLE ? SETTLE : ask, index);
      entries.push(...decision.entries);
    };
    if (!host.commandOf(ask)) continue;
    for (let due = dueBy(host.pool, at); due !== null; due = dueBy(host.pool, at)) decideAt(SETTLE, due);
    const command = host.commandOf(ask);
    if (command) decideAt(command.kind === "grant" ? { ...command, asOf: null } : command, at);
  }
  return { entries, pool: host.pool };
}

/** When something falls due that has not been settled yet, if it does by `now`. */
function dueBy(pool: Pool, now: Instant): Instant | null {
  const due = nextDueAt(pool);
  return due !== null && due <= now ? due : null;
}

function entriesOf(steps: readonly Step[]): Entry[] {
  return steps.flatMap((step) => step.decision.entries);
}

function assertSamePool(actual: Pool, expected: Pool): void {
  if (asText(actual) !== asText(expected)) assert.deepEqual(actual, expected);
}

function asText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}
