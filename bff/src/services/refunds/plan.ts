import type { GrantRecord } from "../../storage/pools/grant-record.ts";
import type { ReversalRow } from "../../storage/payments/reversals.ts";
import type { NewTaking, TakingRow } from "../../storage/payments/takings.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import { takesBack } from "./standing.ts";

/** A grant that holds credits of a payment: the one that it bought, or one that makes good a refund that failed. */
export interface Pot {
  readonly record: GrantRecord;
  /** The customer's clock, in milliseconds since 1970. */
  readonly now: number;
}

/** What of an order matters here. */
export type PaidOrder = Pick<
  TopUpRow,
  "customer_id" | "top_up_id" | "grant_id" | "credits" | "currency" | "paid_minor" | "tax_minor"
>;

/** Everything that decides what is to be taken back for a payment. */
export interface Standing<Order extends PaidOrder = PaidOrder> {
  readonly order: Order;
  readonly reversals: readonly ReversalRow[];
  readonly takings: readonly TakingRow[];
  readonly pots: readonly Pot[];
}

/** What was paid with tax: refunds and disputes are of that. */
export function paidOf({ paid_minor, tax_minor }: PaidOrder): bigint {
  return BigInt(paid_minor ?? 0) + BigInt(tax_minor ?? 0);
}

/**
 * The credits that have lost their money after each of the reversals that count, in their order: the whole part of the
 * pro rata of all money so far, never more than was bought.
 */
export function dueAfterEach({ order, reversals }: Standing): { reversal: ReversalRow; due: bigint }[] {
  const paid = paidOf(order);
  const credits = BigInt(order.credits);
  let back = 0n;
  return reversals.filter(takesBack).map((reversal) => {
    // An amount in another currency cannot be set against what was paid: it is taken for all of it.
    back += reversal.currency === order.currency ? BigInt(reversal.amount_minor) : paid;
    if (back > paid) back = paid;
    return { reversal, due: paid === 0n ? 0n : (credits * back) / paid };
  });
}

/** All credits that have lost their money. */
export function dueOf(standing: Standing): bigint {
  return dueAfterEach(standing).at(-1)?.due ?? 0n;
}

/** What was revoked of the payment's credits, by whomever, less what was made good. */
export function revokedOf({ reversals, pots }: Standing): bigint {
  let revoked = 0n;
  for (const { record } of pots) revoked += record.revoked;
  for (const { restored_credits: restored } of reversals) revoked -= BigInt(restored ?? 0);
  return revoked;
}

/** What can be taken of a grant now. */
export function revocableOf({ record, now }: Pot): bigint {
  const { isRevoked, expiresAt, activated, amount, revoked, remaining, frozen, held } = record;
  if (isRevoked || (expiresAt !== null && expiresAt <= now)) return 0n;
  return remaining + frozen + (activated ? 0n : amount - revoked) - held;
}

/**
 * What is to be taken back besides what was, or is about to be: of what is there, the oldest grant first. When all money
 * is back, what holds reserve goes too, as it comes free.
 */
export function planTakings(standing: Standing): NewTaking[] {
  const { order, takings, pots } = standing;
  const shares = dueAfterEach(standing);
  let missing = (shares.at(-1)?.due ?? 0n) - revokedOf(standing);
  const free = new Map(pots.map((pot) => [pot.record.grantId, revocableOf(pot)]));
  for (const { taken, amount, grant_id: grantId } of takings) {
    if (taken !== null) continue;
    missing -= BigInt(amount);
    free.set(grantId, (free.get(grantId) ?? 0n) - BigInt(amount));
  }
  const isWhole = shares.at(-1)?.due === BigInt(order.credits);
  const planned: NewTaking[] = [];
  let before = 0n;
  for (const { reversal, due } of shares) {
    const got = takings.filter((taking) => taking.reversal_id === reversal.reversal_id);
    let share = due - before - got.reduce((sum, { taken, amount }) => sum + BigInt(taken ?? amount), 0n);
    before = due;
    for (const { record } of pots) {
      const wanted = share < missing ? share : missing;
      const there = free.get(record.grantId) ?? 0n;
      const amount = wanted < there ? wanted : there;
      const takesHeld = isWhole && record.held > 0n && !record.isRevoked && amount === there;
      if (wanted <= 0n || amount < 0n || (amount === 0n && !takesHeld)) continue;
      if (
        takings.some(
          (taking) => taking.taken === null && taking.grant_id === record.grantId && taking.takes_held,
        )
      )
        continue;
      const place = got.length + planned.filter((each) => each.reversal_id === reversal.reversal_id).length;
      planned.push({
        customer_id: order.customer_id,
        command_id: commandIdOf(reversal, place),
        reversal_id: reversal.reversal_id,
        top_up_id: order.top_up_id,
        grant_id: record.grantId,
        amount,
        takes_held: takesHeld,
      });
      share -= amount;
      missing -= amount;
      free.set(record.grantId, there - amount);
    }
  }
  return planned;
}

function commandIdOf({ kind, reversal_id: id }: ReversalRow, place: number): string {
  return place === 0 ? `${kind}:${id}` : `${kind}:${id}:${place + 1}`;
}
