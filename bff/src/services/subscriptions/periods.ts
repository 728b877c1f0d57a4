import { type PeriodLength, periodNumberAt, periodStart } from "@credits-kit/engine";
import type { SubscriptionRow } from "../../storage/customers/subscriptions.ts";

type Anchored = Pick<SubscriptionRow, "starts_at" | "anchor_at" | "anchor_period_no">;

/** The period in which a subscription is now; of a month, where its plan includes nothing. */
export function currentPeriod(row: SubscriptionRow): { startsAt: Date; endsAt: Date } {
  const periods = { anchorAt: (row.anchor_at ?? row.starts_at).getTime(), every: row.every ?? "month" };
  const number = periodNumberAt(periods, row.now.getTime());
  return {
    startsAt: new Date(periodStart(periods, number)),
    endsAt: new Date(periodStart(periods, number + 1)),
  };
}

/** When a period with a number of the subscription's own begins. */
export function startOfPeriod(row: Anchored, every: PeriodLength, periodNo: number): Date {
  const anchorAt = (row.anchor_at ?? row.starts_at).getTime();
  return new Date(periodStart({ anchorAt, every }, periodNo - row.anchor_period_no));
}

/** When something recurs next, if the subscription still goes on then. */
export function unlessEnded(at: Date, endsAt: Date | null): Date | null {
  return endsAt !== null && at >= endsAt ? null : at;
}
