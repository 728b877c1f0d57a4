import { parseArgs } from "node:util";
import { startPostgres } from "../support/postgres.ts";
import { cases } from "./cases/index.ts";
import type { Figures } from "./context.ts";
import { describeMachine, readLoadAverage } from "./machine.ts";
import { printTable, type BenchResult } from "./report.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "5" },
    entries: { type: "string", default: "1000000" },
  },
});
const unknown = positionals.filter((name) => !cases.some((known) => known.name === name));
if (unknown.length > 0) {
  throw new Error(
    `Unknown case ${unknown.join(", ")}; there are: ${cases.map(({ name }) => name).join(", ")}.`,
  );
}
const sizes = {
  seconds: positive("seconds"),
  rounds: positive("rounds"),
  entries: positive("entries"),
};
const chosen = cases.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const postgres = await startPostgres({ durable: true });
try {
  const machine = describeMachine(postgres.version);
  const figures: Record<string, Figures> = {};
  for (const benchCase of chosen) {
    const { name } = benchCase;
    // On standard error, so that standard output holds the result alone.
    const log = (line: string) => console.error(`${name}: ${line}`);
    figures[name] = await benchCase.run({ postgres, ...sizes, log });
  }
  const result: BenchResult = {
    machine: { ...machine, loadAverageAtEnd: readLoadAverage() },
    ...figures,
  };
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else printTable(result);
} finally {
  await postgres.stop();
}

function positive(option: "seconds" | "rounds" | "entries"): number {
  const number = Number(values[option]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} must be a whole number from 1.`);
  return number;
}
