import assert from "node:assert/strict";
import { test } from "node:test";
import type { TopUp } from "@credits-kit/contract";
import * as fc from "fast-check";
import { processStripeEvent } from "../../bff/src/payments/inbox/process.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { moneyBack } from "./money-back.ts";
import { useTill } from "./till.ts";

const STEPS = ["refund", "refund again", "fail the first", "dispute", "close"] as const;
type Step = (typeof STEPS)[number];

/** What happens at Stripe, and which of its news are heard after each step: by place, in any order, more than once. */
const stories = fc.record({
  spent: fc.constantFrom(0, 120, 300, 450, 500),
  steps: fc.shuffledSubarray([...STEPS], { minLength: 2 }),
  ending: fc.constantFrom("won" as const, "lost" as const),
  heard: fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 5, maxLength: 5 }),
  last: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
});

/** All that can happen, and each thing heard when it does. */
const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const HEARD_AT_ONCE = { spent: 0, steps: [...STEPS], heard: STEPS.map(() => all), last: all };

oneEngine((engine) => {
  const till = useTill(engine, { replicas: 2 });
  const money = moneyBack(till);
  const { shop } = till;

  test("whatever the order of refund and dispute events, and however often, one state comes of it (pitfall 19, pitfall 20, pitfall 21, F-19)", async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ spent, steps, ending, heard, last }) => {
        const { control } = till.sandbox();
        control.setDelivery({ drop: false });
        const customerId = await till.buyer();
        const order = await money.paid(customerId);
        if (spent > 0)
          await shop.consume(customerId, { id: "spent", amount: String(spent), creditTypeId: "credits" });
        control.setDelivery({ drop: true });
        const mark = control.events.length;
        const news = () => control.events.slice(mark);
        const happened = new Set<Step>();
        let [refund, dispute] = ["", ""];
        for (const [place, step] of steps.entries()) {
          // Stripe refunds nothing that is disputed, and ends nothing that did not begin.
          const isRefund = step === "refund" || step === "refund again";
          if (isRefund && dispute !== "") continue;
          if ((step === "fail the first" && refund === "") || (step === "close" && dispute === "")) continue;
          if (step === "refund") refund = await money.refund(order, 100);
          if (step === "refund again") await money.refund(order, 150);
          if (step === "fail the first") control.failRefund(refund);
          if (step === "dispute") dispute = await money.dispute(order, 400);
          if (step === "close") control.closeDispute(dispute, ending);
          happened.add(step);
          const events = news();
          const told = (heard[place] ?? []).flatMap(
            (each) => events[each % Math.max(1, events.length)] ?? [],
          );
          await Promise.all(told.map((event, index) => hear(event, index)));
        }
        // In the end each of them is heard once, in an order of its own.
        const ordered = news()
          .map((event, index) => ({ event, place: last[index] ?? 0 }))
          .toSorted((one, other) => one.place - other.place);
        for (const [index, { event }] of ordered.entries()) await hear(event, index);
        await check({ customerId, order, spent, happened, ending });
      }),
      {
        numRuns: 12,
        examples: [[{ ...HEARD_AT_ONCE, ending: "lost" }], [{ ...HEARD_AT_ONCE, ending: "won" }]],
      },
    );
  });

  async function hear(
    event: { id: string; type: string; data: { object: object } },
    index: number,
  ): Promise<void> {
    const { object } = event.data;
    const id = "id" in object && typeof object.id === "string" ? object.id : null;
    const when = new Date();
    await processStripeEvent((index % 2 === 0 ? till.app() : till.other()).money, {
      ...{
        event_id: event.id,
        type: event.type,
        object_id: id,
        is_live: false,
        api_version: null,
        account: null,
      },
      ...{ happened_at: when, received_at: when, status: "waiting", tries: 1, next_try_at: when },
      ...{ outcome: null, settled_at: null },
    });
  }

  async function check(story: {
    customerId: string;
    order: TopUp;
    spent: number;
    happened: ReadonlySet<Step>;
    ending: "won" | "lost";
  }): Promise<void> {
    const { customerId, order, spent, happened, ending } = story;
    const first = happened.has("refund") && !happened.has("fail the first") ? 100 : 0;
    const refunded = first + (happened.has("refund again") ? 150 : 0);
    const isClosed = happened.has("dispute") && happened.has("close");
    const due = Math.min(500, refunded + (isClosed && ending === "lost" ? 400 : 0));
    const isFrozen = happened.has("dispute") && !isClosed;
    const left = Math.max(0, 500 - spent - due);
    const after = await till.read(order.id);
    const grants = await shop.grants(customerId);
    const text = JSON.stringify({ story: { ...story, happened: [...happened] }, after, grants });
    assert.equal((await shop.balance(customerId)).balance, String(isFrozen ? 0 : left), text);
    const frozen = grants.reduce((sum, grant) => sum + Number(grant.frozen), 0);
    assert.equal(frozen, isFrozen ? left : 0, text);
    assert.equal(after.creditsRevoked, String(500 - spent - left), text);
    assert.equal(after.creditsShort, String(due - (500 - spent - left)), text);
    assert.equal(after.refunded.amountMinor, refunded, text);
  }
});
