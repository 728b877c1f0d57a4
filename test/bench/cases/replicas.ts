import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BenchCase } from "../context.ts";
import { type Load, prepareIngest } from "../ingest-load.ts";
import { ratioFigures, round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { compare, median } from "../statistics.ts";

const program = fileURLToPath(new URL("../replica.ts", import.meta.url));

/** Two replicas on one Postgres, both spreading large batches over the same customers, beside one alone. */
export const replicas: BenchCase = {
  name: "replicas",
  async run(context) {
    const { postgres, seconds } = context;
    const url = await postgres.createDatabase();
    await prepareIngest(url);
    const [first, second] = [fork(program, [url]), fork(program, [url])];
    try {
      await Promise.all([once(first, "message"), once(second, "message")]);
      const load = { callers: 64, batch: 100, hot: false, seconds };
      const both = async (): Promise<number> => {
        const [one, other] = await Promise.all([run(first, load), run(second, load)]);
        return one + other;
      };
      await run(first, { ...load, seconds: 1 });
      await run(second, { ...load, seconds: 1 });

      const samples = await measureRounds(context, { one: () => run(first, load), two: both });
      const [one, two] = [measured(samples("one")), measured(samples("two"))];
      return {
        onePerSecond: round(median(one)),
        twoPerSecond: round(median(two)),
        ...ratioFigures({ twoToOne: compare(two, one) }),
      };
    } finally {
      first.disconnect();
      second.disconnect();
    }
  },
};

/** Lets a replica run a load. Events a second. */
async function run(replica: ChildProcess, load: Load): Promise<number> {
  replica.send(load);
  const answer: unknown[] = await once(replica, "message");
  return Number(answer[0]);
}
