import type { GrantCommand } from "../../pools/command.ts";
import { readGrantDates } from "../../storage/payments/dates.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import type { TopUpDeps } from "./payments.ts";

/**
 * When the credits begin and end. Money that comes after the day on which they were to end buys as long a life as was
 * ordered, from now on: it must never buy nothing.
 */
export async function datesOf(
  { database }: Pick<TopUpDeps, "database">,
  order: TopUpRow,
): Promise<Pick<GrantCommand, "effectiveAt" | "expiresAt">> {
  const { effective_at: planned, expires_at: end } = order;
  const { now, endsAt } = await readGrantDates(database.writer, {
    customerId: order.customer_id,
    effectiveAt: planned,
    after: order.grant_expires_after,
  });
  const isLate = planned !== null && planned <= now;
  const effectiveAt = planned === null || isLate ? null : planned.getTime();
  if (end === null) return { effectiveAt, expiresAt: endsAt?.getTime() ?? null };
  if (end > now) return { effectiveAt, expiresAt: end.getTime() };
  const life = end.getTime() - (planned ?? order.created_at).getTime();
  return { effectiveAt, expiresAt: now.getTime() + Math.max(life, 24 * 60 * 60 * 1000) };
}
