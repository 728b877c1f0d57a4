import type { ServerClient } from "@credits-kit/client/server";

/** A call that only reads. */
export type Read = () => Promise<unknown>;

/** Histories of the bench are ninety days long: this is well inside. */
const DEEP_MS = 45 * 24 * 60 * 60 * 1000;

/** What apps ask before and after every action of their users, by name. */
export function frequentReads({ customers }: ServerClient, customerId: string): Record<string, Read> {
  return {
    check: () => customers.check(customerId, { featureId: "image" }),
    balances: () => customers.balances(customerId),
  };
}

/** What people look at now and then: lists, as the first page comes and as filters make them. */
export async function listReads(
  { ledger, grants, events }: ServerClient,
  customerId: string,
): Promise<Record<string, Read>> {
  const to = new Date(Date.now() - DEEP_MS).toISOString();
  const { nextCursor: cursor } = await ledger.list({ customerId, to });
  if (cursor === null) throw new Error("the history is too short to have a page deep inside");
  return {
    ledgerFirst: () => ledger.list({ customerId }),
    ledgerDeep: () => ledger.list({ customerId, to, cursor }),
    // One entry in a thousand, and the live grants at the very beginning.
    ledgerRare: () => ledger.list({ customerId, type: "granted" }),
    // Not a single entry.
    ledgerNone: () => ledger.list({ customerId, type: "frozen" }),
    grants: () => grants.list({ customerId }),
    events: () => events.list({ customerId }),
  };
}
