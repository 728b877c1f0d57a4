/**
 * What became of a pool: reserves that burn last and are still there, then cycles of a grant and the burns that use it
 * up. So what is live stays the same, however long the history is.
 */
export interface HistoryShape {
  /** Grants that still hold something. */
  readonly reserves: number;
  /** Grants that are used up. */
  readonly cycles: number;
  /** Entries of a cycle: one that grants, the others burn a credit each. */
  readonly cycleLength: number;
}

/** A stretch of seq, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

const RESERVES = 10;
/** The guard joins what is new with what is there, without hashes. */
const GRANTS_A_STRETCH = 500;
const ENTRIES_A_STRETCH = 100_000;

/** A history of about so many entries with ten live grants, and a grant that is used up for every `cycleLength`. */
export function shapeOf(entries: number, cycleLength: number): HistoryShape {
  const length = Math.max(2, Math.min(cycleLength, entries));
  return { reserves: RESERVES, cycles: Math.max(1, Math.round(entries / length)), cycleLength: length };
}

/** How many entries a history has. */
export function entriesOf({ reserves, cycles, cycleLength }: HistoryShape): number {
  return reserves + cycles * cycleLength;
}

/** The stretches in which a history is written for so many pools at once: whole cycles, few enough for the guard. */
export function stretchesOf(shape: HistoryShape, pools: number): Stretch[] {
  const { reserves, cycles, cycleLength } = shape;
  const fitting = Math.floor(ENTRIES_A_STRETCH / (cycleLength * pools));
  const step = Math.max(1, Math.min(GRANTS_A_STRETCH, fitting));
  const stretches = [{ from: 1, until: reserves }];
  for (let cycle = 0; cycle < cycles; cycle += step) {
    const last = Math.min(cycles, cycle + step);
    stretches.push({ from: reserves + cycle * cycleLength + 1, until: reserves + last * cycleLength });
  }
  return stretches;
}
