import { z } from "zod";

/** The statements of a group of events that are layers by themselves. What a layer does not know counts as `other`. */
const statements: readonly (readonly [layer: string, pattern: RegExp])[] = [
  ["transaction", /^\s*(begin|commit)\s*$/],
  ["lock", /for no key update\s*$/],
  ["clock", /^\s*select floor\(extract\(epoch from clock_timestamp\(\)\) \* 1000\)/],
  ["dedupe", /^\s*select q\.n, c\.content_hash\b/],
  ["positions", /^\s*select q\.n, p\.pool_no, p\.seq\s+from\b/],
];

/** Which layer a statement is. */
export function layerOf(statement: string): string {
  return statements.find(([, pattern]) => pattern.test(statement))?.[0] ?? "other";
}

/** Whether a statement writes entries: it is several layers at once. */
export function writesEntries(statement: string): boolean {
  return /\binsert into ledger\b/.test(statement);
}

const timed = z.object({
  "Relation Name": z.string().optional(),
  "Actual Total Time": z.number(),
});
const explained = z.tuple([
  z.object({
    "QUERY PLAN": z.tuple([
      z.object({
        Plan: timed.extend({ Plans: z.array(timed) }),
        Triggers: z.array(z.object({ "Trigger Name": z.string(), Time: z.number() })),
      }),
    ]),
  }),
]);

/**
 * The layers of the statement that writes entries and commands, in milliseconds, by what EXPLAIN ANALYZE says of it; the
 * statement took `elapsed` as its caller saw it. What no step explains is how it got there: its arrays were sent, read
 * and planned for.
 * @throws Error when it does not insert into both tables and call the guard
 */
export function splitInsert(rows: readonly unknown[], elapsed: number): Map<string, number> {
  const [{ "QUERY PLAN": plans }] = explained.parse(rows);
  const [{ Plan: commands, Triggers: triggers }] = plans;
  const ledger = commands.Plans.find((plan) => plan["Relation Name"] === "ledger");
  const guard = triggers.find((trigger) => trigger["Trigger Name"] === "ledger_guard");
  if (!ledger || !guard || commands["Relation Name"] !== "commands") {
    throw new Error("the statement that writes entries has other layers than the bench knows");
  }
  const layers = new Map([
    ["ledgerInsert", ledger["Actual Total Time"]],
    ["guard", guard.Time],
    // What the insert into the ledger took is not within it: nothing reads from it, so it runs when this one is done.
    ["commandsInsert", commands["Actual Total Time"]],
  ]);
  const explainedTime = [...layers.values()].reduce((sum, time) => sum + time, 0);
  return layers.set("sending", elapsed - explainedTime);
}
