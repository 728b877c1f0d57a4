import { parseCredits } from "@credits-kit/amounts";
import { type LedgerEntry, problem, routes } from "@credits-kit/contract";
import type { Reply, TestClient } from "../../bff/src/test-support/index.ts";

/** Sends a body to an address of the API, under an Idempotency-Key if it has a `key`. */
export function post(
  client: TestClient,
  path: string,
  { key, ...json }: Readonly<Record<string, unknown>> & { readonly key?: string },
): Promise<Reply> {
  return client.send("POST", path, { json, ...(key ? { headers: { "Idempotency-Key": key } } : {}) });
}

/** How many answers there were of each kind: the status, with the code of what was refused. */
export function tally(replies: readonly Reply[]): Record<string, number> {
  return countEach(
    replies.map(({ status, text }) =>
      status < 400 ? String(status) : `${status} ${problem.parse(JSON.parse(text)).code}`,
    ),
  );
}

/** How many there are of each word. */
export function countEach(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** Adds credits up, in millionths. */
export function sumOf(credits: readonly string[]): bigint {
  return credits.reduce((sum, each) => sum + parseCredits(each), 0n);
}

/** A customer's ledger to the last line, oldest first; of several pools, those of each in their order. */
export async function wholeLedger(client: TestClient, customerId: string): Promise<LedgerEntry[]> {
  const lines = await readAll((query) => client.call(routes.listLedger, { query }), { customerId });
  return lines.reverse();
}

type Query = Readonly<Record<string, string | number>>;
type ListCall<Item> = (
  query: Query,
) => Promise<{ readonly body: { readonly data: readonly Item[]; readonly nextCursor: string | null } }>;

/** Reads a list from its first page to its last. */
export async function readAll<Item>(list: ListCall<Item>, query: Query): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { body }: Awaited<ReturnType<ListCall<Item>>> = await list({
      limit: 100,
      ...query,
      ...(cursor === "" ? {} : { cursor }),
    });
    items.push(...body.data);
    cursor = body.nextCursor;
  }
  return items;
}
