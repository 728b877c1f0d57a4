import { formatCredits } from "@credits-kit/amounts";
import {
  reconciliationFinding,
  type Reconciliation,
  type ReconciliationFinding,
} from "@credits-kit/contract";
import { type FindingRow, readFindings, readRun } from "../../storage/payments/findings.ts";
import { readInboxState } from "../../storage/payments/stripe-events.ts";
import type { Deps } from "../call.ts";
import { isClockFine } from "./clocks.ts";

const SHOWN_MS = 30 * 24 * 60 * 60 * 1000;

/** How Stripe's payments and the credits they bought compare, as it was last found. */
export async function readReconciliation({
  database: { writer },
  now,
}: Pick<Deps, "database" | "now">): Promise<Reconciliation> {
  const { open, repaired } = await readFindings(writer, new Date(now() - SHOWN_MS));
  const inbox = await readInboxState(writer);
  const run = await readRun(writer);
  const databaseAheadMs = toNumber(run?.database_ahead_ms);
  const stripeAheadMs = toNumber(run?.stripe_ahead_ms);
  return {
    checkedAt: run?.checked_at?.toISOString() ?? null,
    open: open.map(toFinding),
    repaired: repaired.map(toFinding),
    webhooks: {
      waiting: inbox.waiting,
      oldestWaitingAt: inbox.oldestWaitingAt?.toISOString() ?? null,
      dead: inbox.dead,
      lastReceivedAt: inbox.lastReceivedAt?.toISOString() ?? null,
    },
    clocks: {
      databaseAheadMs,
      stripeAheadMs,
      isFine: isClockFine(databaseAheadMs) && isClockFine(stripeAheadMs),
    },
  };
}

function toFinding(row: FindingRow): ReconciliationFinding {
  const { amount_minor: amountMinor, currency, credits } = row;
  return reconciliationFinding.parse({
    kind: row.kind,
    customerId: row.customer_id,
    topUpId: row.top_up_id,
    objectId: row.object_id,
    amount: amountMinor === null || currency === null ? null : { amountMinor: Number(amountMinor), currency },
    credits: credits === null ? null : formatCredits(BigInt(credits)),
    detail: row.detail,
    since: row.since.toISOString(),
    repairedAt: row.repaired_at?.toISOString() ?? null,
  });
}

function toNumber(value: string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
