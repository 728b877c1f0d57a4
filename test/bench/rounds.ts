import pg from "pg";
import type { BenchContext } from "./context.ts";

export type Contender = () => Promise<number | null>;

/** The samples of one contender, in the order of the rounds. */
export type Samples<Name extends string> = (name: Name) => (number | null)[];

/**
 * Runs every contender once a round, so that what the machine does besides falls on all of them alike; each round
 * starts with another one. The n-th samples of two contenders are a pair.
 */
export async function measureRounds<Name extends string>(
  context: BenchContext,
  contenders: Record<Name, Contender>,
): Promise<Samples<Name>> {
  const entrants = Object.entries<Contender>(contenders);
  const samples = new Map(entrants.map(([name]): [string, (number | null)[]] => [name, []]));
  for (let round = 0; round < context.rounds; round++) {
    for (const [name, run] of rotated(entrants, round)) {
      await checkpoint(context.postgres.adminUrl);
      const sample = await run();
      samples.get(name)?.push(sample);
      context.log(`round ${round + 1}/${context.rounds}  ${name}: ${sample?.toFixed(0) ?? "not here"}/s`);
    }
  }
  return (name) => samples.get(name) ?? [];
}

/** The samples of a contender that always measures; a null among them is a fault of the bench. */
export function measured(samples: (number | null)[]): number[] {
  const values = samples.filter((sample) => sample !== null);
  if (values.length < samples.length) throw new Error("A contender of ours measured nothing.");
  return values;
}

function rotated<Item>(items: Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

/** What the contender before wrote must not be flushed in the time of the next. */
async function checkpoint(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("checkpoint");
  await client.end();
}
