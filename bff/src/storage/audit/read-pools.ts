import { sql } from "kysely";
import { type Slice, within } from "./finding.ts";
import { read, type Snapshot } from "./snapshot.ts";

/** A pool as it is stored; amounts stay text. */
export interface StoredPoolRow {
  readonly customer_id: string;
  readonly pool_no: number;
  readonly seq: string;
  readonly balance: string;
  readonly overage: string;
}

/** Reads where the pools of a slice stand. */
export function readPools(snapshot: Snapshot, slice: Slice): Promise<StoredPoolRow[]> {
  return read(
    snapshot,
    sql<StoredPoolRow>`
    select customer_id, pool_no, seq, balance, overage from pools where ${within(slice)}`,
  );
}
