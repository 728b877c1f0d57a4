import type { Reconciliation, ReconciliationFinding } from "@credits-kit/contract";
import type { Logger } from "pino";
import { alarmTo } from "./app.ts";
import type { Config } from "./config.ts";
import { createGateway } from "./payments/stripe/create-gateway.ts";
import { createPoolWriter } from "./pools/pool-writer.ts";
import { reconcile } from "./services/reconciliation/run.ts";
import type { Database } from "./storage/database.ts";

/** Compares Stripe's payments with the ledger once, beside or without a BFF that serves, and repairs what is safe. */
export async function reconcileOnce({
  config,
  database,
  logger,
}: {
  config: Config;
  database: Database;
  logger: Logger;
}): Promise<Reconciliation> {
  const ignore = (): void => undefined;
  const pools = createPoolWriter({ database, onCommitted: ignore, onError: ignore });
  const { stripe, mode } = config;
  const now = Date.now;
  try {
    return await reconcile({
      database,
      pools,
      payments: stripe && createGateway({ stripe, now }),
      mode,
      now,
      selling: config,
      onAlarm: alarmTo(logger),
    });
  } finally {
    await pools.close();
  }
}

/** The comparison for people: one line when all is well, else a line for each finding that stands. */
export function formatReconciliation({ checkedAt, open, repaired, clocks }: Reconciliation): string {
  if (checkedAt === null && open.length === 0) return "nothing was compared: Stripe is not configured";
  if (open.length === 0) {
    const mended = repaired.length === 0 ? "" : `, ${repaired.length} put right in the last 30 days`;
    return `compared with Stripe at ${checkedAt}: nothing wrong${mended}${clocks.isFine ? "" : ", but a clock is"}`;
  }
  return open.map(formatFinding).join("\n");
}

function formatFinding({
  kind,
  customerId,
  topUpId,
  objectId,
  amount,
  credits,
  detail,
}: ReconciliationFinding) {
  const place = [
    ...(customerId === null ? [] : [`customer ${customerId}`]),
    ...(topUpId === null ? [] : [`order ${topUpId}`]),
    ...(objectId === null || objectId === topUpId ? [] : [objectId]),
    ...(amount === null ? [] : [`${amount.amountMinor} ${amount.currency} in its smallest unit`]),
    ...(credits === null ? [] : [`${credits} credits`]),
  ];
  return `${kind}: ${[...place, detail].join(", ")}`;
}
