import type { Finding, Slice } from "../storage/audit/finding.ts";
import { readOpenings } from "../storage/audit/openings.ts";
import { readEntries } from "../storage/audit/read-entries.ts";
import type { Snapshot } from "../storage/audit/snapshot.ts";
import { readPools } from "../storage/audit/read-pools.ts";
import type { Mismatch } from "./compare-entry.ts";
import { comparePools } from "./compare-pools.ts";
import { PoolChain, type PoolTotals } from "./pool-chain.ts";
import { type PoolPlace, placeName } from "./pool-place.ts";
import { PoolReplay, type StateAt } from "./pool-replay.ts";
import { faultsOfOpening } from "./opening-faults.ts";
import { NOTHING_ARCHIVED, openingOf, type ReplayOpening } from "./replay-opening.ts";

/** What a replay found, and the states that it was to keep. */
export interface Replayed {
  readonly entries: number;
  readonly findings: readonly Finding[];
  /** By the name of the pool. */
  readonly kept: ReadonlyMap<string, StateAt>;
}

/**
 * Goes through all entries of a slice, from the checkpoints of its pools on: adds them up, and replays them through the
 * engine.
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
  for (const { at, opening } of openings.values()) {
    findings.push(...faultsOfOpening(opening).map((fault) => ({ ...fault, ...at })));
  }
  const totals = new Map<string, PoolPlace & { totals: PoolTotals }>();
  let entries = 0;
  let place: PoolPlace | null = null;
  let replay = new PoolReplay();
  let chain = new PoolChain(NOTHING_ARCHIVED);
  const note = (mismatch: Mismatch | null) => {
    if (mismatch && place) findings.push({ ...mismatch, ...place });
  };
  const begin = (next: PoolPlace) => {
    place = next;
    const name = placeName(next);
    const { opening } = openings.get(name) ?? { opening: NOTHING_ARCHIVED };
    replay = new PoolReplay(opening, wanted.get(name));
    chain = new PoolChain(opening);
    openings.delete(name);
  };
  const end = () => {
    note(replay.finish());
    if (!place) return;
    totals.set(placeName(place), { ...place, totals: chain.totals });
    if (replay.kept) kept.set(placeName(place), replay.kept);
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
      chain.take(entry).forEach(note);
      note(replay.take(entry));
    }
  }
  end();
  // What has nothing after its checkpoint is compared with its rows all the same.
  for (const { at } of [...openings.values()]) {
    begin(at);
    end();
  }
  findings.push(...comparePools(await readPools(snapshot, slice), totals));
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
