import type { Hold } from "@credits-kit/engine";
import { parseNumbers } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

const LOAD = statement<{
  n: string;
  key: string;
  hold_id: string;
  amount: string;
  captured: string;
  keys: string;
  amounts: string;
  expires_at: Date;
}>(`
  select q.n, h.key, h.hold_id, h.amount, h.captured, h.part_keys::text as keys, h.part_amounts::text as amounts,
    h.expires_at
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality as q (customer_id, credit_type_id, resource_id, n)
  cross join lateral (
    select * from pools p where p.customer_id = q.customer_id and p.credit_type_id = q.credit_type_id
      and p.resource_id = q.resource_id limit 1
  ) p
  cross join lateral (
    select * from holds h where h.customer_id = p.customer_id and h.pool_no = p.pool_no and h.ended is null offset 0
  ) h
  order by h.key`);

/**
 * Loads the open holds of pools, by position in the list; pools without any are absent.
 * @param arrays literals of customer ids, credit type ids and resource ids
 */
export async function loadHolds(
  connection: Connection,
  arrays: readonly string[],
): Promise<Map<number, Hold[]>> {
  const rows = await run(connection, LOAD, arrays);
  const loaded = new Map<number, Hold[]>();
  for (const row of rows) {
    const place = Number(row.n) - 1;
    const amounts = parseNumbers(row.amounts);
    const hold: Hold = {
      key: Number(row.key),
      id: row.hold_id,
      amount: BigInt(row.amount),
      captured: BigInt(row.captured),
      expiresAt: row.expires_at.getTime(),
      parts: parseNumbers(row.keys).map((key, index) => ({
        grantKey: Number(key),
        amount: amounts[index] ?? 0n,
      })),
    };
    const known = loaded.get(place);
    if (known) known.push(hold);
    else loaded.set(place, [hold]);
  }
  return loaded;
}
