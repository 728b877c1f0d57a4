/*
 * What a plan gives has ids that follow from what it was given for, so that a grant in a pool says where it came from:
 * `gr_<of the subscription>.<period>` for what a period brings, `….<period>.<change>` for what a change in mid-period
 * adds to it, and either with `.r<seq>` behind it for what lives on of it, `seq` being that of its `expired` entry.
 */

/** What the id of a plan's grant says. */
export interface PlanGrant {
  readonly subscriptionId: string;
  readonly periodNo: number;
}

const PLAN_GRANT = /^gr_([^.]+)\.(\d{1,9})(?:\.\d{1,9})?$/;

/** The id of what a period of a subscription brings, or, from 1 on, of what a change in that period adds. */
export function planGrantId(subscriptionId: string, periodNo: number, change = 0): string {
  const base = `gr_${subscriptionId.replace(/^sub_/, "")}.${periodNo}`;
  return change === 0 ? base : `${base}.${change}`;
}

/** The id of what lives on of a plan's grant. */
export function rolloverId(expiredGrantId: string, expiredSeq: number): string {
  return `${expiredGrantId}.r${expiredSeq}`;
}

/** What a grant was given for; null for all but what plans give. What was carried over says nothing: it is not again. */
export function readPlanGrantId(grantId: string): PlanGrant | null {
  const [, subscription, periodNo] = PLAN_GRANT.exec(grantId) ?? [];
  if (subscription === undefined) return null;
  return { subscriptionId: `sub_${subscription}`, periodNo: Number(periodNo) };
}
