import { z } from "zod";
import { sum } from "../statistics.ts";

/** What the time of a group of events is made of, in the order in which a group comes to it. */
export const LAYERS = [
  /** Commands, queue and answers: what is left outside the transactions. */
  "intake",
  "lock",
  "clock",
  "dedupe",
  "positions",
  /** Statements that are none of these. The only layer that need not occur. */
  "other",
  /** Facts put together, decided on, and written as arrays, in this process. */
  "decide",
  /** How the statement that writes gets there: its arrays are sent and read. */
  "sending",
  "ledgerInsert",
  "guard",
  "commandsInsert",
  /** Begin and commit, the disk included. */
  "transaction",
  /** What planning for EXPLAIN costs; the write path has its plan. */
  "explaining",
] as const;
export type Layer = (typeof LAYERS)[number];

/** The statements that are layers by themselves. */
const statements: readonly (readonly [layer: Layer, pattern: RegExp])[] = [
  ["transaction", /^\s*(begin|commit)\s*$/],
  ["lock", /\bfor no key update\b/],
  ["clock", /^\s*select floor\(extract\(epoch from clock_timestamp\(\)\) \* 1000\)/],
  ["dedupe", /^\s*select q\.n, c\.content_hash\b/],
  ["positions", /^\s*select q\.n, p\.pool_no, p\.seq\s+from\b/],
];

/** Which layer a statement is. */
export function layerOf(statement: string): Layer {
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
        "Planning Time": z.number(),
        Triggers: z.array(z.object({ "Trigger Name": z.string(), Time: z.number() })),
      }),
    ]),
  }),
]);

/**
 * The layers of the statement that writes entries and commands, in milliseconds, by what EXPLAIN ANALYZE says of it; the
 * statement took `elapsed` as its caller saw it.
 * @throws Error when it does not insert into both tables and call the guard
 */
export function splitInsert(rows: readonly unknown[], elapsed: number): Map<Layer, number> {
  const [{ "QUERY PLAN": plans }] = explained.parse(rows);
  const [{ Plan: commands, Triggers: triggers, "Planning Time": planning }] = plans;
  const ledger = commands.Plans.find((plan) => plan["Relation Name"] === "ledger");
  const guard = triggers.find((trigger) => trigger["Trigger Name"] === "ledger_guard");
  if (!ledger || !guard || commands["Relation Name"] !== "commands") {
    throw new Error("the statement that writes entries has other layers than the bench knows");
  }
  const layers = new Map<Layer, number>([
    ["explaining", planning],
    ["ledgerInsert", ledger["Actual Total Time"]],
    ["guard", guard.Time],
    // Nothing reads from the insert into the ledger, so it runs when this one is done and is not within its time.
    ["commandsInsert", commands["Actual Total Time"]],
  ]);
  return layers.set("sending", elapsed - sum(layers.values()));
}
