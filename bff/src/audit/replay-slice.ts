import type { Finding, Slice } from "../storage/audit/finding.ts";
import { readOpenings } from "../storage/audit/openings.ts";
import { readEntries } from "../storage/audit/read-entries.ts";
import type { Snapshot } from "../storage/audit/snapshot.ts";
import type { Mismatch } from "./compare-entry.ts";
import { PoolReplay, type StateAt } from "./pool-replay.ts";
import { openingOf, type ReplayOpening } from "./replay-opening.ts";

/** A pool, by whose it is and its number. */
export interface PoolPlace {
  readonly customerId: string;
  readonly poolNo: number;
}

/** Names a pool where one text is needed. */
export function placeName({ customerId, poolNo }: PoolPlace): string {
  return `${poolNo} ${customerId}`;
}

/** What a replay found, and the states that it was to keep. */
export interface Replayed {
  readonly entries: number;
  readonly findings: readonly Finding[];
  /** By the name of the pool. */
  readonly kept: ReadonlyMap<string, StateAt>;
}

/**
 * Replays all pools of a slice, from their checkpoints on.
 * @param wanted by the name of the pool, the entries after which its state is to be kept
 */
export async function replaySlice(
  snapshot: Snapshot,
  slice: Slice,
  wanted: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Promise<Replayed> {
  const findings: Finding[] = [];
  const kept = new Map<string, StateAt>();
  const openings = await openingsOf(snapshot, slice);
  let entries = 0;
  let place: PoolPlace | null = null;
  let replay = new PoolReplay();
  const note = (mismatch: Mismatch | null) => {
    if (mismatch && place) findings.push({ ...mismatch, ...place });
  };
  const begin = (next: PoolPlace) => {
    place = next;
    const name = placeName(next);
    replay = new PoolReplay(openings.get(name)?.opening, wanted.get(name));
    openings.delete(name);
  };
  const end = () => {
    note(replay.finish());
    if (place && replay.kept) kept.set(placeName(place), replay.kept);
  };
  let [customerId, poolNo] = ["", 0];
  for await (const page of readEntries(snapshot, slice)) {
    entries += page.length;
    for (const entry of page) {
      if (entry.customer_id !== customerId || entry.pool_no !== poolNo) {
        end();
        [customerId, poolNo] = [entry.customer_id, entry.pool_no];
        begin({ customerId, poolNo });
      }
      note(replay.take(entry));
    }
  }
  end();
  // What has nothing after its checkpoint is compared with its rows all the same.
  for (const { at } of [...openings.values()]) {
    begin(at);
    end();
  }
  return { entries, findings, kept };
}

async function openingsOf(
  snapshot: Snapshot,
  slice: Slice,
): Promise<Map<string, { at: PoolPlace; opening: ReplayOpening }>> {
  const rows = await readOpenings(snapshot, slice);
  return new Map(
    rows.map((row) => {
      const at = { customerId: row.customer_id, poolNo: row.pool_no };
      return [placeName(at), { at, opening: openingOf(row) }];
    }),
  );
}
