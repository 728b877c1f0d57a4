import { formatCredits } from "@credits-kit/amounts";
import type { SavedCard, WidgetAutoTopUp, WidgetAutoTopUpInput } from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import { fieldError } from "../../field-errors.ts";
import {
  deleteRule,
  findRule,
  lockRule,
  type PoolKey,
  type RuleRow,
} from "../../storage/auto-top-ups/rules.ts";
import { findCompleteSetup } from "../../storage/auto-top-ups/card-setups.ts";
import { findCreditType } from "../../storage/catalogue/credit-types.ts";
import { findSellingTerms } from "../../storage/catalogue/plans-selling.ts";
import { inTransaction } from "../../storage/transaction.ts";
import type { Deps } from "../call.ts";
import { lookAtCardPages } from "../card-pages/follow.ts";
import { creditTypeOnScreen } from "../credit-types/on-screen.ts";
import { unknown } from "../unknown.ts";
import { cardOnScreen } from "./card.ts";
import { checkMeans, setRule } from "./put.ts";
import { catchUpPool, poolKeyOf } from "./read.ts";
import { problemOf } from "./problem.ts";
import { currenciesOf, sellingOf } from "./selling.ts";
import { lift } from "./standing.ts";
import { moneyOf, readStanding, type Standing, viewCollection, viewSettings } from "./view.ts";

/** A pool of a session's customer, as a route names it. */
export interface WidgetPool {
  readonly session: Pick<Session, "customerId">;
  readonly creditTypeId: string;
  readonly resourceId?: string | undefined;
}

/** The auto top-up of a pool as its owner sees it, set or not. @throws ServiceError `not_found` for the credit type */
export async function getWidgetAutoTopUp(deps: Deps, pool: WidgetPool): Promise<WidgetAutoTopUp> {
  const key = keyOf(pool);
  await lookAtCardPages(deps, key);
  await catchUpPool(deps, key);
  return view(deps, key);
}

/** Invoices are for the host to decide on. */
const BY_CARD = { collectionMethod: "charge_automatically", daysUntilDue: null } as const;

/** Sets the rule of a pool in its owner's name, to be paid as the host has said. @throws ServiceError as `setRule`; `validation_failed` without consent */
export async function putWidgetAutoTopUp(
  deps: Deps,
  pool: WidgetPool,
  { consent, ...input }: WidgetAutoTopUpInput,
): Promise<WidgetAutoTopUp> {
  const key = keyOf(pool);
  const { writer } = deps.database;
  await lookAtCardPages(deps, key);
  const was = await findRule(writer, key);
  const collection = was ? viewCollection(was) : BY_CARD;
  const setup = was ? undefined : await findCompleteSetup(writer, key);
  const agreedAt = was?.consented_at ?? setup?.consented_at ?? null;
  if (
    input.enabled &&
    collection.collectionMethod !== "send_invoice" &&
    agreedAt === null &&
    consent !== true
  )
    throw fieldError("consent", "must be given before a card is charged when nobody is there");
  const paymentMethodId = was?.payment_method_id ?? setup?.payment_method_id ?? null;
  const consentedAt = consent === true ? new Date(deps.now()) : agreedAt;
  const kept = was?.grant_expires_after == null ? {} : { grantExpiresAfter: was.grant_expires_after };
  // A card that is gone is no reason to refuse: its owner sees it, and adds another one.
  await checkMeans(deps, key, { ...input, ...collection, paymentMethodId: null, consentedAt });
  await inTransaction(deps.database, (transaction) =>
    setRule(transaction, key, { ...input, ...kept, ...collection, paymentMethodId, consentedAt }),
  );
  deps.autoTopUpsChanged?.(key.customer_id);
  return view(deps, key);
}

/** Takes the rule of a pool away. @throws ServiceError `not_found` */
export async function deleteWidgetAutoTopUp(deps: Deps, pool: WidgetPool): Promise<WidgetAutoTopUp> {
  const key = keyOf(pool);
  await inTransaction(deps.database, async (transaction) => {
    if (!(await lockRule(transaction, key))) throw unknown("auto top-up");
    await deleteRule(transaction, key);
  });
  deps.autoTopUpsChanged?.(key.customer_id);
  return view(deps, key);
}

/** Lets the rule of a pool try again at once. @throws ServiceError `not_found` */
export async function resumeWidgetAutoTopUp(deps: Deps, pool: WidgetPool): Promise<WidgetAutoTopUp> {
  const key = keyOf(pool);
  await catchUpPool(deps, key);
  await inTransaction(deps.database, async (transaction) => {
    const rule = await lockRule(transaction, key);
    if (!rule) throw unknown("auto top-up");
    await lift(transaction, rule, { cause: "resumed" });
  });
  deps.autoTopUpsChanged?.(key.customer_id);
  return view(deps, key);
}

function keyOf({ session: { customerId }, creditTypeId, resourceId }: WidgetPool): PoolKey {
  return poolKeyOf({ customerId, creditTypeId, resourceId });
}

async function view(deps: Deps, key: PoolKey): Promise<WidgetAutoTopUp> {
  const { writer } = deps.database;
  const { customer_id: customerId, credit_type_id: creditTypeId } = key;
  const creditType = await findCreditType(writer, creditTypeId);
  if (!creditType) throw unknown("credit type");
  const rule = await findRule(writer, key);
  const terms = await findSellingTerms(writer, { customerId, creditTypeId });
  const selling = sellingOf(terms, rule?.currency ?? null);
  const named = { customer_id: customerId, payment_method_id: rule?.payment_method_id ?? null };
  const card = rule?.method === "invoice" ? undefined : await cardOnScreen(deps, named);
  const part = rule ? await standingOnScreen(deps, rule, card) : nothingSet(selling?.currency ?? "usd");
  return {
    creditType: creditTypeOnScreen(creditType),
    resourceId: key.resource_id === "" ? null : key.resource_id,
    rule: rule ? { ...viewSettings(rule), ...viewCollection(rule) } : null,
    ...part,
    card: card ?? null,
    currency: selling?.currency ?? null,
    currencies: terms ? currenciesOf(terms) : [],
    min: selling?.min == null ? null : formatCredits(selling.min),
    max: selling?.max == null ? null : formatCredits(selling.max),
    publishableKey: deps.payments?.publishableKey ?? null,
  };
}

type Part = Standing & Pick<WidgetAutoTopUp, "spentPercent" | "problem">;

async function standingOnScreen(
  deps: Deps,
  rule: RuleRow,
  card: SavedCard | null | undefined,
): Promise<Part> {
  const { standing, assessment } = await readStanding(deps, deps.database.writer, rule);
  const { spentMinor, inFlightMinor } = assessment.facts;
  const usedMinor = spentMinor + inFlightMinor;
  return {
    ...standing,
    spentPercent: rule.limit_minor === null ? null : Number((usedMinor * 100n) / BigInt(rule.limit_minor)),
    problem: rule.enabled ? problemOf(standing, card !== null) : null,
  };
}

function nothingSet(currency: string): Part {
  return {
    state: "active",
    spentThisMonth: moneyOf(0, currency),
    inFlight: null,
    lastAttempt: null,
    suspendedReason: null,
    actionUrl: null,
    nextTryAt: null,
    spentPercent: null,
    problem: null,
  };
}
