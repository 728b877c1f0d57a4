import { findGrantRecord } from "../../storage/pools/read-grants.ts";
import { reversalsOf } from "../../storage/payments/reversals.ts";
import { takingsOf } from "../../storage/payments/takings.ts";
import { findTopUp, type TopUpKey, type TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Transaction } from "../../storage/transaction.ts";
import type { Pot, Standing } from "./plan.ts";

/**
 * How a payment's credits stand. Takings are read before the grants: what is done in between then counts twice, and what
 * is missing is found in the next round; the other way round it would be taken twice.
 */
export async function readStanding(db: Transaction, key: TopUpKey): Promise<Standing<TopUpRow>> {
  const order = await findTopUp(db, key);
  if (!order) throw new Error("an order whose money goes back is there");
  const reversals = await reversalsOf(db, key);
  const takings = await takingsOf(db, key);
  const restored = reversals.filter((row) => BigInt(row.restored_credits ?? 0) > 0n);
  const pots: Pot[] = [];
  for (const id of [order.grant_id, ...restored.map((row) => row.restored_grant_id ?? "")]) {
    const pot = await findGrantRecord(db, key.customer_id, id);
    if (pot) pots.push(pot);
  }
  return { order, reversals, takings, pots };
}
