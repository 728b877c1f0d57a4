import type { HoldPart } from "@credits-kit/engine";
import { idArray, parseNumbers } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import { type CounterKey, readCounted } from "./rate-counters.ts";

/** The entry that an applied event wrote, and what taking it back needs to know. */
export interface ConsumedEntry {
  readonly creditTypeId: string;
  readonly resourceId: string;
  readonly poolNo: number;
  /** The number of the last entry of its pool. */
  readonly poolSeq: number;
  readonly seq: number;
  readonly delta: bigint;
  readonly featureId: string | null;
  readonly userNo: number | null;
  readonly quantity: bigint | null;
  /** What it took of each grant: positive amounts. */
  readonly draws: readonly HoldPart[];
  /** What of it went below zero. */
  readonly overage: bigint;
  readonly isReversed: boolean;
  /** Where its units were counted; null where its rate has no tiers. */
  readonly counted: Pick<CounterKey, "subscriptionId" | "every" | "periodNo"> | null;
  /** What grants repaid of the pool's overage so far, the newest first. Empty when the entry caused none. */
  readonly repaid: readonly HoldPart[];
}

const FIND = statement<{
  n: string;
  credit_type_id: string;
  resource_id: string;
  pool_no: number;
  pool_seq: string;
  seq: string;
  delta: string;
  keys: string;
  amounts: string;
  overage: string;
  feature_id: string | null;
  user_no: number | null;
  quantity: string | null;
  reversed: boolean;
  answer: string | null;
  repaid_keys: string | null;
  repaid_amounts: string | null;
}>(`
  select q.n, p.credit_type_id, p.resource_id, p.pool_no, p.seq as pool_seq, l.seq, l.delta, l.draw_keys::text as keys,
    l.draw_amounts::text as amounts, l.overage_change as overage,
    l.feature_id, l.user_no, l.quantity, c.answer, r.keys as repaid_keys, r.amounts as repaid_amounts,
    exists (
      select from ledger x where x.customer_id = l.customer_id and x.pool_no = l.pool_no and x.about_seq = l.seq
        and x.type = 'reversed'
    ) as reversed
  from unnest($1::text[], $2::text[]) with ordinality as q (customer_id, command_id, n)
  cross join lateral (
    select * from commands c where c.customer_id = q.customer_id and c.id = q.command_id and c.seq is not null limit 1
  ) c
  cross join lateral (
    select * from ledger l where l.customer_id = c.customer_id and l.pool_no = c.pool_no and l.seq = c.seq limit 1
  ) l
  cross join lateral (
    select * from pools p where p.customer_id = c.customer_id and p.pool_no = c.pool_no limit 1
  ) p
  left join lateral (
    select array_agg(b.key order by b.key desc)::text as keys, array_agg(b.repaid order by b.key desc)::text as amounts
    from grant_balances b
    where b.customer_id = c.customer_id and b.pool_no = c.pool_no and b.repaid > 0 and l.overage_change > 0
  ) r on true`);

/** Finds what applied events wrote, by position in the list; events that were not applied are absent. */
export async function findConsumed(
  connection: Connection,
  asked: readonly { readonly customerId: string; readonly eventId: string }[],
): Promise<Map<number, ConsumedEntry>> {
  const rows = await run(connection, FIND, [
    idArray(asked.map((each) => each.customerId)),
    idArray(asked.map((each) => `event:${each.eventId}`)),
  ]);
  return new Map(
    rows.map((row) => [
      Number(row.n) - 1,
      {
        creditTypeId: row.credit_type_id,
        resourceId: row.resource_id,
        poolNo: row.pool_no,
        poolSeq: Number(row.pool_seq),
        seq: Number(row.seq),
        delta: BigInt(row.delta),
        featureId: row.feature_id,
        userNo: row.user_no,
        quantity: row.quantity === null ? null : BigInt(row.quantity),
        draws: partsOf(row.keys, row.amounts).map(({ grantKey, amount }) => ({ grantKey, amount: -amount })),
        overage: BigInt(row.overage),
        isReversed: row.reversed,
        counted: readCounted(row.answer),
        repaid: partsOf(row.repaid_keys, row.repaid_amounts),
      },
    ]),
  );
}

function partsOf(keys: string | null, amounts: string | null): HoldPart[] {
  const found = parseNumbers(amounts);
  return parseNumbers(keys).map((key, index) => ({ grantKey: Number(key), amount: found[index] ?? 0n }));
}
