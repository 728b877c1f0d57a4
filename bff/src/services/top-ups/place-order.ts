import type { Actor, TopUpMethod } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { isCreditTypeUsable } from "../../storage/catalogue/credit-types.ts";
import { makeId } from "../../storage/customers/ids.ts";
import { findTopUpByOrderKey, insertTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { inTransaction } from "../../storage/transaction.ts";
import type { OrderPrice } from "../quotes/price-order.ts";
import { digestOf } from "../replay.ts";
import { unknown } from "../unknown.ts";
import type { TopUpDeps } from "./payments.ts";

const MINUTE_MS = 60_000;

/** An order as whoever makes it says it. */
export interface NewOrder {
  readonly customerId: string;
  readonly creditTypeId: string;
  /** Empty for the default pool. */
  readonly resourceId: string;
  readonly credits: bigint;
  readonly method: TopUpMethod;
  /** One order per key and customer, however often it comes: `idem:…`, `widget:…`, `auto:…`. */
  readonly orderKey: string;
  /** What the order says, to tell it from another one under its key. */
  readonly content: unknown;
  readonly actor: Actor;
  readonly requestId: string;
  /** What the grant's source is called; `top_up` if left out. */
  readonly sourceKind?: "top_up" | "auto_top_up" | "invoice";
  readonly uiMode?: "hosted" | "embedded";
  readonly savesCard?: boolean;
  /** Whether nobody is there to confirm a charge. */
  readonly isOffSession?: boolean;
  readonly paymentMethodId?: string | null;
  /** Of an invoice: 30 days, and what the settings say, if left out. */
  readonly daysUntilDue?: number | undefined;
  readonly releaseOn?: "paid" | "issued" | undefined;
  /** Made from the order's id. */
  readonly successUrl?: (topUpId: string) => string;
  readonly cancelUrl?: (topUpId: string) => string;
  readonly priority?: number;
  readonly effectiveAt?: number | null;
  /** Undefined: what the plan says; null: never. */
  readonly expiresAt?: number | null | undefined;
  readonly reason?: string | null;
  readonly externalReference?: string | null;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The order under this key, if it was placed before. @throws ServiceError `idempotency_conflict` for other content */
export async function findPlaced(
  { database }: Pick<TopUpDeps, "database">,
  { customerId, orderKey, content }: Pick<NewOrder, "customerId" | "orderKey" | "content">,
): Promise<TopUpRow | undefined> {
  const placed = await findTopUpByOrderKey(database.writer, { customerId, orderKey });
  if (placed && placed.content_hash !== digestOf(content)) {
    throw new ServiceError("idempotency_conflict", "This key was used for an order with other content.");
  }
  return placed;
}

/**
 * Keeps an order with its price, before anybody is asked for money. The price is looked up only for an order that is new,
 * so that a change of prices changes nothing that was ordered.
 * @throws ServiceError of the pricing; `amount_out_of_range` for an order that costs nothing; `not_found` for a credit
 * type that is archived; `idempotency_conflict`
 */
export async function placeOrder(
  deps: TopUpDeps,
  order: NewOrder,
  price: () => Promise<OrderPrice>,
): Promise<TopUpRow> {
  const placed = await findPlaced(deps, order);
  if (placed) return placed;
  const priced = await price();
  if (priced.totalMinor === 0n)
    throw fieldError("credits", "cost less than the smallest coin", "amount_out_of_range");
  if (!(await isCreditTypeUsable(deps.database.writer, order.creditTypeId)))
    throw unknown("credit type", "creditTypeId");
  const { kind, id } = order.actor;
  const row = await inTransaction(deps.database, (transaction) =>
    insertTopUp(transaction, toRow(deps, order, priced), { cause: "order", actor: { kind, id } }),
  );
  // Two at once: the other one's stands.
  const standing = row ?? (await findPlaced(deps, order));
  if (!standing) throw new Error("an order that was not added is there");
  return standing;
}

function toRow({ now, selling }: TopUpDeps, order: NewOrder, price: OrderPrice) {
  const { customerId, method, uiMode, expiresAt } = order;
  const topUpId = makeId("top", customerId);
  const payableUntil = now() + selling.checkoutMinutes * MINUTE_MS;
  return {
    customer_id: customerId,
    top_up_id: topUpId,
    credit_type_id: order.creditTypeId,
    resource_id: order.resourceId,
    credits: order.credits,
    currency: price.currency,
    price_per_credit: price.pricePerCredit,
    subtotal_minor: price.subtotalMinor,
    total_minor: price.totalMinor,
    method,
    ui_mode: method === "checkout" ? (uiMode ?? "hosted") : null,
    source_kind: order.sourceKind ?? "top_up",
    grant_id: makeId("gr", customerId),
    priority: order.priority ?? 0,
    effective_at: toDate(order.effectiveAt),
    expires_at: toDate(expiresAt),
    grant_expires_after: expiresAt === undefined ? price.grantExpiresAfter : null,
    reason: order.reason ?? null,
    external_reference: order.externalReference ?? null,
    metadata: JSON.stringify(order.metadata ?? {}),
    actor_kind: order.actor.kind,
    actor_id: order.actor.id,
    request_id: order.requestId,
    order_key: order.orderKey,
    content_hash: digestOf(order.content),
    stripe_key: topUpId,
    is_off_session: order.isOffSession ?? false,
    saves_card: order.savesCard ?? false,
    consented_at: order.savesCard === true ? new Date(now()) : null,
    success_url: order.successUrl?.(topUpId) ?? null,
    cancel_url: order.cancelUrl?.(topUpId) ?? null,
    payment_method_id: order.paymentMethodId ?? null,
    days_until_due: order.daysUntilDue ?? null,
    release_on: order.releaseOn ?? null,
    payable_until: method === "checkout" ? new Date(payableUntil) : null,
  };
}

function toDate(time: number | null | undefined): Date | null {
  return time === null || time === undefined ? null : new Date(time);
}
