import { type AdvancedTestClock, MOST_YEARS_AHEAD } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { findTestClock, moveTestClock, type TestClockRow } from "../../storage/customers/test-clocks.ts";
import {
  countEntriesOnTestClock,
  dueOnTestClock,
  nextOnTestClock,
} from "../../storage/pools/due-on-test-clock.ts";
import { answerClaimed } from "../answer-claimed.ts";
import { settleCustomers } from "../balances/settle-customers.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { onlyInTest } from "./only-in-test.ts";
import { toTestClock } from "./to-test-clock.ts";

/** How often one call moves the clock or settles; whoever needs more asks again. */
const MOST_STEPS = 10_000;
/** Customers that are settled together. */
const PAGE = 200;

/**
 * Lets time pass for the customers of a test clock as it would by itself: the clock goes to each moment at which
 * something falls due, and on only when all of that is in the ledger. So a call that ended in the middle left nothing
 * half done, and the same call goes on; several at once help one another, and the one that asks for more goes further.
 * @throws ServiceError `not_found`; `validation_failed` for a time that is not ahead, or too far; `state_conflict` for a
 * customer who cannot be settled, by whom the clock then stands; `overloaded` when there is more to do than one call
 * does; `forbidden` in a live deployment
 */
export async function advanceTestClock(
  deps: Deps,
  call: Call,
  { id, to }: { id: string; to: number },
): Promise<AdvancedTestClock | StoredAnswer> {
  onlyInTest(deps);
  return answerClaimed({ deps, call }, { content: { id, to }, status: 200 }, async () => {
    const { database } = deps;
    checkAhead(await present(deps, id), to);
    const before = await countEntriesOnTestClock(database, id);
    await live(deps, id, new Date(to));
    const clock = toTestClock(await present(deps, id));
    return { ...clock, entries: (await countEntriesOnTestClock(database, id)) - before };
  });
}

async function present({ database }: Deps, id: string): Promise<TestClockRow> {
  const clock = await findTestClock(database.writer, id);
  if (!clock) throw unknown("test clock");
  return clock;
}

function checkAhead({ now }: TestClockRow, to: number): void {
  if (to <= now.getTime())
    throw fieldError("to", `must be later than the clock is now (${now.toISOString()})`);
  const farthest = new Date(now);
  farthest.setUTCFullYear(farthest.getUTCFullYear() + MOST_YEARS_AHEAD);
  if (to > farthest.getTime()) {
    throw fieldError("to", `must be at most ${MOST_YEARS_AHEAD} years ahead (${farthest.toISOString()})`);
  }
}

async function live(deps: Deps, id: string, to: Date): Promise<void> {
  const settled = new Set<string>();
  for (let step = 0; step < MOST_STEPS && !deps.isStopping(); step += 1) {
    const clock = await nextOnTestClock(deps.database, id);
    if (!clock) throw unknown("test clock");
    const { now, nextDueAt } = clock;
    if (nextDueAt && nextDueAt <= now) {
      await settlePage(deps, id, settled);
      continue;
    }
    if (now >= to) return;
    const next = nextDueAt && nextDueAt < to ? nextDueAt : to;
    await moveTestClock(deps.database.writer, { id, from: now, to: next });
  }
  throw new ServiceError(
    "overloaded",
    "There is more to live through than one call does: ask again to go on.",
    {
      retryAfterSeconds: 1,
    },
  );
}

/**
 * Has some of what is due by the clock as it stands written.
 * @param settled what was written before, for this to notice when it comes again
 */
async function settlePage(deps: Deps, id: string, settled: Set<string>): Promise<void> {
  const due = await dueOnTestClock(deps.database, id, PAGE);
  const stuck = due.find(({ customerId, dueAt }) => settled.has(`${customerId} ${dueAt}`));
  if (stuck) throw cannotSettle(stuck.customerId);
  const failed = await settleCustomers(deps, [...new Set(due.map(({ customerId }) => customerId))]);
  for (const [customerId, { code, message }] of failed) {
    if (code === "overloaded") throw new ServiceError(code, message, { retryAfterSeconds: 1 });
    throw cannotSettle(customerId);
  }
  for (const { customerId, dueAt } of due) settled.add(`${customerId} ${dueAt}`);
}

function cannotSettle(customerId: string): ServiceError {
  return new ServiceError(
    "state_conflict",
    `What fell due for the customer ${customerId} could not be written. The clock stands at that moment.`,
  );
}
