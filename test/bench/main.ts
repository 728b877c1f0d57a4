import { parseArgs } from "node:util";
import { startPostgres } from "../support/postgres.ts";
import { cases } from "./cases/index.ts";
import { describeMachine } from "./machine.ts";
import { printTable, type BenchResult } from "./report.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "5" },
  },
});
const unknown = positionals.filter((name) => !cases.some((known) => known.name === name));
if (unknown.length > 0) {
  throw new Error(
    `Unknown case ${unknown.join(", ")}; there are: ${cases.map(({ name }) => name).join(", ")}.`,
  );
}
const chosen = cases.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const postgres = await startPostgres({ durable: true });
try {
  const result: BenchResult = { machine: describeMachine(postgres.version) };
  for (const benchCase of chosen) {
    const { name } = benchCase;
    // On standard error, so that standard output holds the result alone.
    const log = (line: string) => console.error(`${name}: ${line}`);
    result[name] = await benchCase.run({
      postgres,
      seconds: Number(values.seconds),
      rounds: Number(values.rounds),
      log,
    });
  }
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else printTable(result);
} finally {
  await postgres.stop();
}
