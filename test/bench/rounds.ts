import type { BenchContext } from "./context.ts";
import { asOwner } from "./owner.ts";

export type Contender = () => Promise<number | null>;

/** The samples of one contender, in the order of the rounds. */
export type Samples<Name extends string> = (name: Name) => (number | null)[];

/**
 * Runs every contender once a round, so that what the machine does besides falls on all of them alike; each round
 * starts with another one. The n-th samples of two contenders are a pair. `unit` is what the log shows behind a sample.
 */
export async function measureRounds<Name extends string>(
  context: BenchContext,
  contenders: Record<Name, Contender>,
  unit = "/s",
): Promise<Samples<Name>> {
  const entrants = Object.entries<Contender>(contenders);
  const samples = new Map(entrants.map(([name]): [string, (number | null)[]] => [name, []]));
  for (let round = 0; round < context.rounds; round++) {
    for (const [name, run] of rotated(entrants, round)) {
      // What the contender before wrote must not be flushed in the time of this one.
      await asOwner(context.postgres.adminUrl, (owner) => owner.query("checkpoint"));
      const sample = await run();
      samples.get(name)?.push(sample);
      const shown = sample === null ? "not here" : `${Number(sample.toPrecision(4))}${unit}`;
      context.log(`round ${round + 1}/${context.rounds}  ${name}: ${shown}`);
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
