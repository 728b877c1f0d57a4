import assert from "node:assert/strict";
import { test } from "node:test";
import { event } from "./test-support/commands.ts";
import { type Pending, WaitingCommands } from "./waiting.ts";

const pending = (customerId: string, eventId: string): Pending => ({
  command: event(customerId, eventId),
  settle: () => undefined,
});

/** "a1 b1" as commands 1 of customer a and 1 of customer b. */
const waitingWith = (words: string) => {
  const waiting = new WaitingCommands();
  add(waiting, words);
  return waiting;
};
const add = (waiting: WaitingCommands, words: string) => {
  for (const word of words.split(" ")) waiting.add(pending(word.slice(0, 1), word));
};
const names = (group: readonly Pending[]) =>
  group.map(({ command }) => (command.kind === "event" ? command.eventId : "")).join(" ");

test("a customer who is alone takes the whole group, in order", () => {
  const waiting = waitingWith("a1 a2 a3 a4 a5");
  assert.equal(names(waiting.take(4, 1)), "a1 a2 a3 a4");
});

test("a long queue leaves room for the others, and fills what they leave", () => {
  assert.equal(names(waitingWith("a1 a2 a3 a4 a5 b1 c1 c2").take(6, 2)), "a1 a2 b1 c1 c2 a3");
  assert.equal(names(waitingWith("a1 a2 a3 a4 a5 b1").take(6, 2)), "a1 a2 b1 a3 a4 a5");
});

test("customers take turns: who was not served comes before who was", () => {
  const waiting = waitingWith("a1 a2 a3 b1 c1");
  const first = waiting.take(3, 2);
  assert.equal(names(first), "a1 a2 b1");
  waiting.giveBack(first, []);
  assert.equal(names(waiting.take(3, 2)), "c1 a3");
});

test("a customer at work is left alone until given back", () => {
  const waiting = waitingWith("a1 a2 b1");
  const group = waiting.take(2, 1);
  assert.equal(names(group), "a1 b1");
  add(waiting, "a3 c1");
  assert.deepEqual([waiting.size, waiting.takeable], [3, 1]);
  assert.equal(names(waiting.take(9, 9)), "c1");
  assert.equal(names(waiting.take(9, 9)), "");
  waiting.giveBack(group, []);
  assert.deepEqual([waiting.size, waiting.takeable], [2, 2]);
  assert.equal(names(waiting.take(9, 9)), "a2 a3");
});

test("skipped commands come first now, before what their customers sent later", () => {
  const waiting = waitingWith("a1 a2 b1 c1");
  const group = waiting.take(4, 4);
  add(waiting, "d1 b2 a3");
  waiting.giveBack(
    group,
    group.filter(({ command }) => command.customerId !== "a"),
  );
  assert.deepEqual([waiting.size, waiting.takeable], [5, 5]);
  assert.equal(names(waiting.take(9, 9)), "b1 b2 c1 d1 a3");
});

test("nothing is lost and each customer's order holds, whatever is taken and skipped", () => {
  const waiting = new WaitingCommands();
  const done = new Map<string, number>();
  const atWork: Pending[][] = [];
  let sent = 0;
  let finished = 0;
  let random = 1;
  const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
  const lasts = new Map<string, number>();
  while (finished < 5_000) {
    for (let n = next(20); n > 0 && sent < 5_000; n -= 1, sent += 1) {
      const customerId = String.fromCharCode(97 + next(12));
      const number = (lasts.get(customerId) ?? 0) + 1;
      lasts.set(customerId, number);
      waiting.add(pending(customerId, String(number)));
    }
    if (atWork.length < 2) atWork.push(waiting.take(1 + next(30), 1 + next(8)));
    const group = atWork.splice(next(atWork.length), 1)[0] ?? [];
    const skippedCustomer = String.fromCharCode(97 + next(12));
    const skipped = group.filter(({ command }) => command.customerId === skippedCustomer);
    for (const { command } of group) {
      if (command.customerId === skippedCustomer || command.kind !== "event") continue;
      const before = done.get(command.customerId) ?? 0;
      assert.equal(Number(command.eventId), before + 1, `after ${command.customerId}${before}`);
      done.set(command.customerId, before + 1);
      finished += 1;
    }
    waiting.giveBack(group, skipped);
  }
  assert.deepEqual([waiting.size, waiting.takeable], [0, 0]);
});
