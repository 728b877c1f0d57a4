import type {
  Actor,
  CreditTypeOnScreen,
  WidgetActor,
  WidgetActorKind,
  WidgetPurchase,
  WidgetSource,
} from "@credits-kit/contract";
import { creditTypesOf, type NamedCreditType } from "../../storage/pools/credit-types-of.ts";
import { purchasesOf } from "../../storage/payments/purchases.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Deps } from "../call.ts";
import { invoiceOf } from "../invoices/view.ts";

/** Sources that are orders of credits. */
const PURCHASES = ["top_up", "auto_top_up", "invoice"];

/** Sources whose ids are the customer's to see; others are the host's references, or its payment provider's. */
const KNOWN_SOURCES = ["event", "consume", "hold", "grant", "plan", "rollover", "top_up", "auto_top_up"];

/** What the kinds of actors are to a customer. */
const ACTORS: Record<Actor["kind"], WidgetActorKind> = {
  customer: "customer",
  api_key: "host",
  operator: "host",
  system: "system",
};

/** The stored kinds of actors that are one to a customer. */
export function actorKindsOf(kind: WidgetActorKind): string[] {
  return Object.entries(ACTORS).flatMap(([stored, shown]) => (shown === kind ? [stored] : []));
}

/** Who did something, without the names of the host's people and keys. */
export function actorOnScreen({ kind, id }: Actor, customerId: string): WidgetActor {
  return { kind: ACTORS[kind], userId: kind === "customer" && id !== customerId ? id : null };
}

/** Where credits came from or went, without ids that say nothing to a customer. */
export function sourceOnScreen({ kind, id }: WidgetSource): WidgetSource {
  return { kind, id: KNOWN_SOURCES.includes(kind) ? id : null };
}

/** A credit type as screens call it. */
export function creditTypeOnScreen(row: Omit<NamedCreditType, "low_balance_thresholds">): CreditTypeOnScreen {
  const { id, name, symbol, unit_singular: singular, unit_plural: plural } = row;
  return { id, name, symbol, unit: { singular, plural } };
}

/** The types of the credits that a customer has. */
export async function creditTypesOnScreen(
  { database }: Pick<Deps, "database">,
  customerId: string,
): Promise<CreditTypeOnScreen[]> {
  return (await creditTypesOf(database.writer, customerId)).map(creditTypeOnScreen);
}

/** Grants, or entries, of which some may be of purchases. */
interface Bought {
  readonly source: WidgetSource;
  /** The grants that it is about. */
  readonly grantIds: readonly string[];
}

/** Tells the purchase that something is about. */
export type FindPurchase = (of: Bought) => WidgetPurchase | null;

/** Reads the purchases of a page, in one statement: what credits were bought by, else the order that is the source. */
export async function findPurchases(
  { database, now }: Pick<Deps, "database" | "now">,
  customerId: string,
  page: readonly Bought[],
): Promise<FindPurchase> {
  const grantIds = [...new Set(page.flatMap((each) => each.grantIds))];
  const topUpIds = [...new Set(page.flatMap((each) => topUpIdOf(each) ?? []))];
  const rows = await purchasesOf(database.writer, customerId, { grantIds, topUpIds });
  const shown = rows.map((row) => ({ row, purchase: toPurchase(row, now()) }));
  const byOrder = new Map(shown.map(({ row, purchase }) => [row.top_up_id, purchase]));
  const byGrant = new Map(shown.map(({ row, purchase }) => [row.grant_id, purchase]));
  return (of) => {
    const [grantId, ...others] = of.grantIds;
    const bought = grantId === undefined || others.length > 0 ? undefined : byGrant.get(grantId);
    return bought ?? byOrder.get(topUpIdOf(of) ?? "") ?? null;
  };
}

function topUpIdOf({ source: { kind, id } }: Bought): string | null {
  return PURCHASES.includes(kind) ? id : null;
}

function toPurchase(order: TopUpRow, now: number): WidgetPurchase {
  const { currency, status, paid_minor: paid, tax_minor: tax } = order;
  const money = (amountMinor: string | bigint) => ({ amountMinor: Number(amountMinor), currency });
  return {
    topUpId: order.top_up_id,
    status,
    total: money(paid === null ? order.total_minor : BigInt(paid) + BigInt(tax ?? 0)),
    refunded: money(order.refunded_minor),
    payUrl: status === "awaiting_payment" ? order.invoice_url : null,
    receiptUrl: order.receipt_url,
    invoice: invoiceOf(order, now),
  };
}
