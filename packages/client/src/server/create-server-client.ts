import type { UsageEventInput, WidgetSession } from "@credits-kit/contract";
import { createCaller } from "./caller.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createTransport } from "./transport.ts";
import type { BodyOf, CallOptions, Keyed, QueryOf } from "./wire-types.ts";

export interface ServerClientOptions {
  /** Where the credits server is, such as `http://localhost:4000`. */
  baseUrl: string;
  /** A secret server key. It never belongs in a browser. */
  apiKey: string;
  fetch?: typeof fetch;
  /** The time limit of one try; 10,000 by default. */
  timeoutMs?: number;
  /** How often a failed call is tried again; 3 by default, 0 turns retries off. */
  retries?: number;
  clock?: Clock;
  /** From 0 to below 1; spreads the waits between retries. */
  random?: () => number;
}

export type ServerClient = ReturnType<typeof createServerClient>;

/**
 * A typed client of the server API, for back ends. Every call may be retried safely, so all of them are: reads and
 * upserts by nature, events by their ids, and every other write by an Idempotency-Key that is made once per call.
 * Failures are `CreditsApiError`.
 *
 * ```ts
 * const credits = createServerClient({ baseUrl: "http://localhost:4000", apiKey });
 * await credits.events.report([{ id: "img-1", customerId: "cus_lena", featureId: "image" }]);
 * ```
 */
export function createServerClient(options: ServerClientOptions) {
  const call = createCaller(
    createTransport({
      baseUrl: options.baseUrl,
      apiKey: options.apiKey,
      fetch: options.fetch ?? globalThis.fetch,
      timeoutMs: options.timeoutMs ?? 10_000,
      retries: options.retries ?? 3,
      clock: options.clock ?? systemClock,
      random: options.random ?? Math.random,
    }),
  );

  return {
    creditTypes: {
      create: (input: Keyed<BodyOf<"createCreditType">>, options?: CallOptions) =>
        call.create<"createCreditType">("/v1/credit-types", { body: input }, options),
      list: (query?: QueryOf<"listCreditTypes">, options?: CallOptions) =>
        call.read<"listCreditTypes">("/v1/credit-types", { query }, options),
      get: (id: string, options?: CallOptions) =>
        call.read<"getCreditType">("/v1/credit-types/:id", { id }, options),
    },
    features: {
      create: (input: Keyed<BodyOf<"createFeature">>, options?: CallOptions) =>
        call.create<"createFeature">("/v1/features", { body: input }, options),
      list: (query?: QueryOf<"listFeatures">, options?: CallOptions) =>
        call.read<"listFeatures">("/v1/features", { query }, options),
      get: (id: string, options?: CallOptions) =>
        call.read<"getFeature">("/v1/features/:id", { id }, options),
    },
    plans: {
      create: (input: Keyed<BodyOf<"createPlan">>, options?: CallOptions) =>
        call.create<"createPlan">("/v1/plans", { body: input }, options),
      list: (query?: QueryOf<"listPlans">, options?: CallOptions) =>
        call.read<"listPlans">("/v1/plans", { query }, options),
      get: (id: string, options?: CallOptions) => call.read<"getPlan">("/v1/plans/:id", { id }, options),
    },
    customers: {
      create: (input: Keyed<BodyOf<"createCustomer">>, options?: CallOptions) =>
        call.create<"createCustomer">("/v1/customers", { body: input }, options),
      /** Creates the customer, or changes what is given. */
      upsert: (id: string, input: BodyOf<"upsertCustomer">, options?: CallOptions) =>
        call.put<"upsertCustomer">("/v1/customers/:id", { id, body: input }, options),
      list: (query?: QueryOf<"listCustomers">, options?: CallOptions) =>
        call.read<"listCustomers">("/v1/customers", { query }, options),
      get: (id: string, options?: CallOptions) =>
        call.read<"getCustomer">("/v1/customers/:id", { id }, options),
      /** Every pool of the customer, exact at the moment of the answer. */
      balances: (id: string, options?: CallOptions) =>
        call.read<"getBalances">("/v1/customers/:id/balances", { id }, options),
    },
    subscriptions: {
      create: (
        { customerId, ...body }: Keyed<OfCustomer<BodyOf<"createSubscription">>>,
        options?: CallOptions,
      ) =>
        call.create<"createSubscription">(
          "/v1/customers/:id/subscriptions",
          { id: customerId, body },
          options,
        ),
      list: ({ customerId, ...query }: OfCustomer<QueryOf<"listSubscriptions">>, options?: CallOptions) =>
        call.read<"listSubscriptions">("/v1/customers/:id/subscriptions", { id: customerId, query }, options),
    },
    grants: {
      create: (input: Keyed<BodyOf<"createGrant">>, options?: CallOptions) =>
        call.create<"createGrant">("/v1/grants", { body: input }, options),
      /** A customer's grants, newest first. */
      list: (query: QueryOf<"listGrants">, options?: CallOptions) =>
        call.read<"listGrants">("/v1/grants", { query }, options),
      get: (id: string, options?: CallOptions) => call.read<"getGrant">("/v1/grants/:id", { id }, options),
    },
    events: {
      /** Reports 1 to 1,000 events; the results come in the order sent, each with what became of its event. */
      report: (events: readonly UsageEventInput[], options?: CallOptions) =>
        call.repeat<"reportEvents">("/v1/events", { events: [...events] }, options),
    },
    ledger: {
      /** A customer's ledger entries, newest first. */
      list: (query: QueryOf<"listLedger">, options?: CallOptions) =>
        call.read<"listLedger">("/v1/ledger", { query }, options),
    },
    widgetSessions: {
      /** Mints a token for a customer's widgets. Harmless to repeat, so it takes no key and no copy is kept. */
      create: (input: BodyOf<"createWidgetSession">, options?: CallOptions) =>
        call.repeat<"createWidgetSession", WidgetSession>("/v1/widget-sessions", input, options),
    },
  };
}

type OfCustomer<Input> = Input & { customerId: string };
