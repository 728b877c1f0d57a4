import type {
  Money,
  PaymentMethods,
  UsageInterval,
  WidgetAutoTopUp,
  WidgetBalances,
  WidgetBilling,
  WidgetCardSetup,
  WidgetCardSetupInput,
  WidgetForecast,
  WidgetNotificationPreferences,
  WidgetNotificationPreferencesInput,
  WidgetPaymentMethodSetup,
  WidgetPaymentMethodSetupInput,
  WidgetTopUp,
  WidgetTopUpInput,
  WidgetTopUpQuote,
  WidgetUsage,
} from "@credits-kit/contract";
import { readJson } from "./api-error.ts";
import { type ListCalls, listCalls } from "./list-calls.ts";
import { read } from "./read.ts";
import { openStream } from "./open-stream.ts";
import { send, type WidgetClientOptions } from "./send.ts";
import type { StreamMessage } from "./stream-messages.ts";

export interface BalancesQuery {
  creditTypeId?: string | undefined;
  /** `none` is the pool without a resource; left out means all pools. */
  resourceId?: string | undefined;
}

export interface UsageQuery extends BalancesQuery {
  /** The first moment, RFC 3339; left out with `to` means the last 30 days. */
  from?: string | undefined;
  /** The first moment that is no longer included. */
  to?: string | undefined;
  interval?: UsageInterval | undefined;
  /** An IANA time zone; UTC if left out. */
  timeZone?: string | undefined;
  /** Up to three of `feature`, `user` and `dimension:<key>`. */
  groupBy?: readonly string[] | undefined;
  /** So many series, the largest; all others are one. */
  top?: number | undefined;
  compare?: "previous" | undefined;
}

export interface ForecastQuery extends BalancesQuery {
  timeZone?: string | undefined;
  /** How many days it looks back; 30 if left out. */
  days?: number | undefined;
}

export interface TopUpQuoteQuery {
  /** The first that the customer's plans sell, if left out. */
  creditTypeId?: string | undefined;
  /** A decimal string; without it the answer has no price. */
  credits?: string | undefined;
  currency?: string | undefined;
}

/** The pool of an auto top-up. */
export interface AutoTopUpPool {
  creditTypeId: string;
  /** The default pool if left out. */
  resourceId?: string | undefined;
}

/** A whole rule as it is sent: credits are decimal strings, and one of `target` and `credits` is there. */
export interface WidgetAutoTopUpRule {
  enabled: boolean;
  threshold: string | Money;
  target?: string;
  credits?: string;
  monthlyLimit?: Money;
  /** The person agreed to be charged when nobody is there. */
  consent?: boolean;
}

/** Which page of the invoices and receipts. */
export interface BillingPage {
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** An order as it is sent: credits are a decimal string. */
export type WidgetTopUpOrder = Omit<WidgetTopUpInput, "credits"> & { credits: string };

/** Calls the widget API in the name of one session. Faults are an `ApiError`, an abort is the signal's reason. */
export interface WidgetClient extends ListCalls {
  getBalances(query?: BalancesQuery, signal?: AbortSignal): Promise<WidgetBalances>;
  /** Usage over time, exact at the moment of the answer. */
  getUsage(query?: UsageQuery, signal?: AbortSignal): Promise<WidgetUsage>;
  /** When the credits run out if they are burned as they were. */
  getForecast(query?: ForecastQuery, signal?: AbortSignal): Promise<WidgetForecast>;
  /** What can be bought, and what so many credits cost. */
  quoteTopUp(query?: TopUpQuoteQuery, signal?: AbortSignal): Promise<WidgetTopUpQuote>;
  /** Orders credits. The same `orderKey` is the same order, however often it is sent. */
  createTopUp(order: WidgetTopUpOrder, signal?: AbortSignal): Promise<WidgetTopUp>;
  /** How an order stands. */
  getTopUp(id: string, signal?: AbortSignal): Promise<WidgetTopUp>;
  /** Gives an order up, so that nobody can pay it; one that is paid is answered as it is. */
  cancelTopUp(id: string, signal?: AbortSignal): Promise<WidgetTopUp>;
  /** The auto top-up of a pool, set or not. Needs the scope `settings`, as all of these. */
  getAutoTopUp(pool: AutoTopUpPool, signal?: AbortSignal): Promise<WidgetAutoTopUp>;
  /** Sets the whole rule: what is left out is not set. */
  putAutoTopUp(
    pool: AutoTopUpPool,
    rule: WidgetAutoTopUpRule,
    signal?: AbortSignal,
  ): Promise<WidgetAutoTopUp>;
  deleteAutoTopUp(pool: AutoTopUpPool, signal?: AbortSignal): Promise<WidgetAutoTopUp>;
  /** Lets a rule that stopped, or waits after a failed payment, try again at once. */
  resumeAutoTopUp(pool: AutoTopUpPool, signal?: AbortSignal): Promise<WidgetAutoTopUp>;
  /** Opens Stripe's page on which a card is added. The same `setupKey` is the same page. */
  setUpCard(pool: AutoTopUpPool, setup: WidgetCardSetupInput, signal?: AbortSignal): Promise<WidgetCardSetup>;
  /** Plan and price, saved cards, invoices and receipts: one screen. */
  getBilling(page?: BillingPage, signal?: AbortSignal): Promise<WidgetBilling>;
  /**
   * Opens Stripe's own page on which a card is added. The same `setupKey` is the same page: asked again, it tells whether
   * the card is there. Needs the scope `settings`.
   */
  setUpPaymentMethod(
    setup: WidgetPaymentMethodSetupInput,
    signal?: AbortSignal,
  ): Promise<WidgetPaymentMethodSetup>;
  /** Charges this card from now on where none is named. Needs the scope `settings`. */
  setDefaultPaymentMethod(id: string, signal?: AbortSignal): Promise<PaymentMethods>;
  /** Removes a card; an auto top-up that names it stops. Needs the scope `settings`. */
  removePaymentMethod(id: string, signal?: AbortSignal): Promise<PaymentMethods>;
  /** What the session's user, else its customer, wants to be told, by credit type. */
  getNotificationPreferences(signal?: AbortSignal): Promise<WidgetNotificationPreferences>;
  /** Sets it as a whole. Needs the scope `settings`. */
  putNotificationPreferences(
    preferences: WidgetNotificationPreferencesInput,
    signal?: AbortSignal,
  ): Promise<WidgetNotificationPreferences>;
  /** Opens the live stream. It ends when the server closes it, and at once when the signal aborts. */
  openStream(signal?: AbortSignal): Promise<AsyncGenerator<StreamMessage, void>>;
}

export function createWidgetClient(options: WidgetClientOptions): WidgetClient {
  const get = <Answer>(path: string, query?: object, signal?: AbortSignal) =>
    read<Answer>(options, { path, query, signal });
  return {
    getBalances: (query, signal) => get<WidgetBalances>("/widget/balances", query, signal),
    getUsage: (query, signal) => get<WidgetUsage>("/widget/usage", query, signal),
    getForecast: (query, signal) => get<WidgetForecast>("/widget/forecast", query, signal),
    quoteTopUp: (query, signal) => get<WidgetTopUpQuote>("/widget/top-ups/quote", query, signal),
    createTopUp: (order, signal) =>
      write(options, { path: "/widget/top-ups", method: "POST", json: order, signal }),
    getTopUp: (id, signal) => get<WidgetTopUp>(`/widget/top-ups/${encodeURIComponent(id)}`, {}, signal),
    cancelTopUp: (id, signal) =>
      write(options, { path: `/widget/top-ups/${encodeURIComponent(id)}/cancel`, method: "POST", signal }),
    getAutoTopUp: (pool, signal) => get<WidgetAutoTopUp>(autoTopUpPath(pool), {}, signal),
    putAutoTopUp: (pool, rule, signal) =>
      write(options, { path: autoTopUpPath(pool), method: "PUT", json: rule, signal }),
    deleteAutoTopUp: (pool, signal) =>
      write(options, { path: autoTopUpPath(pool), method: "DELETE", signal }),
    resumeAutoTopUp: (pool, signal) =>
      write(options, { path: autoTopUpPath(pool, "/resume"), method: "POST", signal }),
    setUpCard: (pool, setup, signal) =>
      write(options, { path: autoTopUpPath(pool, "/setup"), method: "POST", json: setup, signal }),
    getBilling: (page, signal) => get<WidgetBilling>("/widget/billing", page, signal),
    setUpPaymentMethod: (setup, signal) =>
      write(options, { path: `${CARDS_PATH}/setup`, method: "POST", json: setup, signal }),
    setDefaultPaymentMethod: (id, signal) =>
      write(options, { path: `${CARDS_PATH}/${encodeURIComponent(id)}/default`, method: "POST", signal }),
    removePaymentMethod: (id, signal) =>
      write(options, { path: `${CARDS_PATH}/${encodeURIComponent(id)}`, method: "DELETE", signal }),
    ...listCalls(options),
    getNotificationPreferences: (signal) => get<WidgetNotificationPreferences>(PREFERENCES_PATH, {}, signal),
    putNotificationPreferences: (preferences, signal) =>
      write(options, { path: PREFERENCES_PATH, method: "PUT", json: preferences, signal }),
    openStream: (signal) => openStream(options, signal),
  };
}

/** What asks Stripe takes as long as a payment does. */
const PAYMENT_TIMEOUT_MS = 30_000;

const PREFERENCES_PATH = "/widget/notification-preferences";
const CARDS_PATH = "/widget/billing/payment-methods";

function autoTopUpPath({ creditTypeId, resourceId }: AutoTopUpPool, end = ""): string {
  const query = resourceId === undefined ? "" : `?${new URLSearchParams({ resourceId })}`;
  return `/widget/auto-top-ups/${encodeURIComponent(creditTypeId)}${end}${query}`;
}

interface WrittenRequest {
  path: string;
  method: "POST" | "PUT" | "DELETE";
  json?: object;
  signal: AbortSignal | undefined;
}

function write<Answer>(options: WidgetClientOptions, { path, method, json, signal }: WrittenRequest) {
  const type = "application/json";
  const body = json && { body: JSON.stringify(json), headers: { "content-type": type } };
  const request = { path, type, signal, read: readJson<Answer>, init: { method, ...body } };
  return send({ timeoutMs: PAYMENT_TIMEOUT_MS, ...options }, request);
}
