import { type ArchivablePool, findArchivable } from "../../storage/audit/archive/find-archivable.ts";
import type { LedgerOwner } from "../../storage/audit/archive/owner.ts";
import { readLines } from "../../storage/audit/archive/read-lines.ts";
import {
  archiveTo,
  holdCustomer,
  readCheckpointFacts,
} from "../../storage/audit/archive/write-checkpoint.ts";
import { inSnapshot } from "../../storage/audit/snapshot.ts";
import type { Database } from "../../storage/database.ts";
import { readKeptConsumed, writeCheckpointState } from "../checkpoint-state.ts";
import type { StateAt } from "../pool-replay.ts";
import { placeName } from "../pool-place.ts";
import type { Violation } from "../report.ts";
import { auditSlice } from "../run-audit.ts";
import { ArchiveFile } from "./archive-file.ts";
import type { ArchiveReport } from "./archive-report.ts";

export interface ArchiveOptions {
  readonly database: Database;
  readonly owner: LedgerOwner;
  /** Entries that were written before this are archived, as far as they are sealed. Milliseconds since 1970. */
  readonly before: number;
  readonly directory: string;
}

/** Pools whose entries are written to the disk at once, before any of them are taken out. */
const POOLS = 100;

/**
 * Moves old entries into a file: audits the customer, writes the entries as lines of JSON, waits until they are on the
 * disk, and only then replaces them by a checkpoint, pool by pool. Works while the product runs; a run that is cut off
 * leaves entries in the file that are still in the ledger, never the other way round.
 */
export async function archiveLedger(options: ArchiveOptions): Promise<ArchiveReport> {
  const { database, before, directory } = options;
  const stamp = (time: number) => new Date(time).toISOString().replaceAll(/[-:.]/g, "");
  const file = new ArchiveFile(directory, `ledger-before-${stamp(before)}-${stamp(Date.now())}.ndjson`);
  const total = { pools: 0, entries: 0 };
  const violations: Violation[] = [];
  try {
    for (let after: ArchivablePool | null = null; ;) {
      const found: ArchivablePool[] = await findArchivable(database, { after, before, pools: POOLS });
      const copied: Copied[] = [];
      for (const pools of byCustomer(found)) {
        const copy = await copyOut(database, pools, file);
        copied.push(...copy.copied);
        violations.push(...copy.violations);
      }
      await file.sync();
      for (const copy of copied) {
        total.entries += await replaceByCheckpoint(options.owner, copy);
        total.pools += 1;
      }
      const last = found.at(-1);
      if (!last) break;
      after = last;
    }
  } finally {
    await file.close();
  }
  return { ...total, file: file.isMade ? file.path : null, violations };
}

/** A pool whose entries are in the file, up to one. */
interface Copied {
  readonly pool: ArchivablePool;
  readonly upTo: StateAt;
}

/** Audits a customer and writes what is to be archived to the file, from one snapshot. */
function copyOut(
  database: Database,
  pools: readonly ArchivablePool[],
  file: ArchiveFile,
): Promise<{ copied: Copied[]; violations: readonly Violation[] }> {
  return inSnapshot(database, async (snapshot) => {
    const slice = { after: null, until: null, only: pools[0]?.customerId ?? "" };
    const wanted = new Map(pools.map((pool) => [placeName(pool), new Set(pool.boundaries)]));
    const { report, kept } = await auditSlice(snapshot, slice, wanted);
    if (report.violations.length > 0) return { copied: [], violations: report.violations };
    const copied: Copied[] = [];
    for (const pool of pools) {
      const upTo = kept.get(placeName(pool));
      if (!upTo) continue;
      const { customerId, poolNo, archivedTo } = pool;
      const range = { customerId, poolNo, from: archivedTo + 1, to: upTo.seq };
      for await (const lines of readLines(snapshot, range)) await file.write(lines);
      copied.push({ pool, upTo });
    }
    return { copied, violations: [] };
  });
}

function replaceByCheckpoint(owner: LedgerOwner, { pool, upTo }: Copied): Promise<number> {
  const { customerId, poolNo } = pool;
  const place = { customerId, poolNo, seq: upTo.seq };
  return owner.transaction(async (transaction) => {
    await holdCustomer(transaction, customerId);
    const openHolds = upTo.state.holds.map((hold) => hold.key);
    const facts = await readCheckpointFacts(transaction, place, openHolds);
    const state = writeCheckpointState(upTo.state, {
      at: facts.at,
      decidedAt: facts.decided_at,
      consumed: readKeptConsumed(facts.consumed),
      endedHolds: facts.ended_holds,
    });
    return archiveTo(transaction, place, state);
  });
}

function byCustomer(pools: readonly ArchivablePool[]): ArchivablePool[][] {
  const customers = new Map<string, ArchivablePool[]>();
  for (const pool of pools) {
    const known = customers.get(pool.customerId);
    if (known) known.push(pool);
    else customers.set(pool.customerId, [pool]);
  }
  return [...customers.values()];
}
