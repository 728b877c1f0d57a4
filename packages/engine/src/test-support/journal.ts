import type { Entry, Grant, Pool } from "../pool/types.ts";
import type { Step } from "./telling-engine.ts";

/** A ledger as it was written, with the moment at which each entry was taken, and the pool that is said to result. */
export interface Journal {
  readonly taken: readonly TakenEntry[];
  readonly pool: Pool;
}

export interface TakenEntry {
  readonly entry: Entry;
  readonly at: number;
}

/** What the ledger says about one grant. */
export interface Account {
  readonly grant: Omit<Grant, "remaining">;
  began: boolean;
  /** All that was ever drawn: burned, repaid or expired. */
  spent: bigint;
}

/** The journals after each step of a run. */
export function journalsOf(steps: readonly Step[]): Journal[] {
  const taken: TakenEntry[] = [];
  return steps.map(({ taken: { at }, decision }) => {
    for (const entry of decision.entries) taken.push({ entry, at });
    return { taken: [...taken], pool: decision.pool };
  });
}

export function accountsOf(taken: readonly TakenEntry[]): Map<number, Account> {
  const accounts = new Map<number, Account>();
  for (const { entry } of taken) post(accounts, entry);
  return accounts;
}

/** Adds what one entry says about its grants. */
export function post(accounts: Map<number, Account>, entry: Entry): void {
  if (entry.grant) accounts.set(entry.grant.key, { grant: entry.grant, began: false, spent: 0n });
  for (const { grantKey, amount } of entry.draws) {
    const account = accounts.get(grantKey);
    if (!account) throw new Error(`entry ${entry.seq} draws on the unknown grant ${grantKey}`);
    if (amount > 0n) account.began = true;
    else account.spent -= amount;
  }
}
