import { sql } from "kysely";
import type { Database } from "../database.ts";

/** What one statement sealed. */
export interface SealedBlocks {
  readonly entries: number;
  /** Customers with a block of the greatest length: they may have more to seal. */
  readonly unfinished: readonly string[];
}

/**
 * Seals the next block of each pool of these customers, as a statement of its own. Locks neither pools nor customers; a
 * block that somebody else seals at this moment is theirs.
 * @param longest the most entries of a block
 */
export async function sealBlocks(
  { writer }: Database,
  customerIds: readonly string[],
  longest: number,
): Promise<SealedBlocks> {
  const { rows } = await sql<{ customer_id: string; entries: string }>`
    insert into ledger_seals (customer_id, pool_no, from_seq, to_seq)
    select customer_id, pool_no, from_seq, to_seq
    from unsealed_of(${customerIds}::text[], ${longest}::bigint)
    on conflict do nothing returning customer_id, to_seq - from_seq + 1 as entries`.execute(writer);
  const lengths = rows.map(({ customer_id, entries }) => ({
    customerId: customer_id,
    entries: Number(entries),
  }));
  const unfinished = lengths.filter(({ entries }) => entries === longest).map(({ customerId }) => customerId);
  return {
    entries: lengths.reduce((sum, { entries }) => sum + entries, 0),
    unfinished: [...new Set(unfinished)],
  };
}
