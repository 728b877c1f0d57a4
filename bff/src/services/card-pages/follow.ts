import { type CardSetupView, GatewayError } from "../../payments/gateway.ts";
import {
  type CardSetupRow,
  findCardSetupBySession,
  storeCardSetup,
  takeOpenCardSetups,
} from "../../storage/auto-top-ups/card-setups.ts";
import { lockRule, type PoolKey } from "../../storage/auto-top-ups/rules.ts";
import { inTransaction } from "../../storage/transaction.ts";
import { cardAttached } from "../auto-top-ups/cards-changed.ts";
import { lift } from "../auto-top-ups/standing.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";

/** Between two looks at Stripe for the pages of a pool, whoever asks. */
const LOOK_EVERY_MS = 2_000;

/** A page of ours changed at Stripe. @returns whether it is one of ours @throws GatewayError */
export async function cardPageChanged(deps: TopUpDeps, sessionId: string): Promise<boolean> {
  const row = await findCardSetupBySession(deps.database.writer, sessionId);
  if (!row) return false;
  if (row.status === "open") await followCardPage(deps, row, await gatewayOf(deps).readCardSetup(sessionId));
  return true;
}

/** Looks what became of a pool's open pages, unless somebody did just now. Stripe's silence is no fault of a reader's. */
export async function lookAtCardPages(deps: TopUpDeps, key: PoolKey): Promise<void> {
  if (deps.payments === null) return;
  const now = deps.now();
  const window = { now: new Date(now), unlessAfter: new Date(now - LOOK_EVERY_MS) };
  for (const row of await takeOpenCardSetups(deps.database.writer, key, window)) {
    try {
      if (row.checkout_session_id !== null)
        await followCardPage(
          deps,
          row,
          await deps.payments.forScreens.readCardSetup(row.checkout_session_id),
        );
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    }
  }
}

/**
 * With the card that was added, what had stopped for want of one goes on, once. The rule of the pool that the page was
 * opened for charges it from now on.
 * @throws GatewayError
 */
export async function followCardPage(
  deps: TopUpDeps,
  row: CardSetupRow,
  { paymentMethodId, status }: CardSetupView,
): Promise<void> {
  // Of a page that is over, all was done: another card may have been chosen since.
  if (row.status !== "open") return;
  if (status === "open" || (status === "complete" && paymentMethodId === null)) return;
  const { customer_id, credit_type_id, resource_id, consented_at: consentedAt } = row;
  const isOfPool = credit_type_id !== null;
  if (paymentMethodId !== null && !isOfPool) await cardAttached(deps, paymentMethodId);
  const isLifted = await inTransaction(deps.database, async (transaction) => {
    const change = { status, payment_method_id: paymentMethodId, url: null };
    if (!(await storeCardSetup(transaction, row, change)) || paymentMethodId === null || !isOfPool)
      return false;
    const rule = await lockRule(transaction, { customer_id, credit_type_id, resource_id });
    const consent = consentedAt === null ? {} : { consentedAt };
    if (rule) await lift(transaction, rule, { cause: "card_changed", paymentMethodId, ...consent });
    return rule !== undefined;
  });
  if (isLifted) deps.standingChanged?.(customer_id);
}
