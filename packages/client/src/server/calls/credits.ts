import type { Caller } from "../caller.ts";
import type { BodyOf, CallOptions, Keyed, QueryOf } from "../wire-types.ts";

/** The pool of an auto top-up. */
export interface AutoTopUpPool {
  customerId: string;
  creditTypeId: string;
  /** The default pool if left out. */
  resourceId?: string;
}

function inPool({ customerId, creditTypeId, resourceId }: AutoTopUpPool) {
  const query = resourceId === undefined ? {} : { resourceId };
  return { id: customerId, creditType: creditTypeId, query };
}

/** Calls about what customers hold: grants, and the ledger of everything that became of them. */
export function creditCalls(call: Caller) {
  return {
    grants: {
      create: (input: Keyed<BodyOf<"createGrant">>, options?: CallOptions) =>
        call.create<"createGrant">("/v1/grants", { body: input }, options),
      /** A customer's grants, newest first unless sorted otherwise. */
      list: (query: QueryOf<"listGrants">, options?: CallOptions) =>
        call.read<"listGrants">("/v1/grants", { query }, options),
      get: (id: string, options?: CallOptions) => call.read<"getGrant">("/v1/grants/:id", { id }, options),
      /** Changes what is given. @throws CreditsApiError `state_conflict` for a change that comes too late */
      update: (id: string, input: Keyed<BodyOf<"updateGrant">>, options?: CallOptions) =>
        call.change<"updateGrant">("/v1/grants/:id", { id, body: input }, options),
      /** Takes back what is left of a grant, or an amount of it. */
      revoke: (id: string, input: Keyed<BodyOf<"revokeGrant">>, options?: CallOptions) =>
        call.create<"revokeGrant">("/v1/grants/:id/revoke", { id, body: input }, options),
    },
    topUps: {
      /** What an order of credits would cost now. Writes and promises nothing. */
      quote: (input: BodyOf<"quoteTopUp">, options?: CallOptions) =>
        call.repeat<"quoteTopUp">("/v1/top-ups/quote", { body: input }, options),
      /**
       * Orders credits by a checkout, or with a saved card.
       * @throws CreditsApiError `card_declined` for a charge that did not succeed
       */
      create: (input: Keyed<BodyOf<"createTopUp">>, options?: CallOptions) =>
        call.create<"createTopUp">("/v1/top-ups", { body: input }, options),
      /** A customer's orders, newest first. */
      list: (query: QueryOf<"listTopUps">, options?: CallOptions) =>
        call.read<"listTopUps">("/v1/top-ups", { query }, options),
      get: (id: string, options?: CallOptions) => call.read<"getTopUp">("/v1/top-ups/:id", { id }, options),
      /** Gives up an order that waits; nobody can pay it any more. */
      void: (id: string, input: Keyed<BodyOf<"voidTopUp">> = {}, options?: CallOptions) =>
        call.create<"voidTopUp">("/v1/top-ups/:id/void", { id, body: input }, options),
      /** Says that the money of an invoice came another way, such as by a bank transfer. */
      markPaid: (id: string, input: Keyed<BodyOf<"markTopUpPaid">>, options?: CallOptions) =>
        call.create<"markTopUpPaid">("/v1/top-ups/:id/mark-paid", { id, body: input }, options),
      /** Says that a payment is sound although fraud was suspected: credits that were frozen for it are back. */
      clearFraudWarning: (
        id: string,
        input: Keyed<BodyOf<"clearTopUpFraudWarning">>,
        options?: CallOptions,
      ) =>
        call.create<"clearTopUpFraudWarning">(
          "/v1/top-ups/:id/clear-fraud-warning",
          { id, body: input },
          options,
        ),
    },
    autoTopUps: {
      get: (pool: AutoTopUpPool, options?: CallOptions) =>
        call.read<"getAutoTopUp">("/v1/customers/:id/auto-top-ups/:creditType", inPool(pool), options),
      /** Sets the whole rule: what is left out is not set. What is due by it is bought at once. */
      put: (pool: AutoTopUpPool, input: BodyOf<"putAutoTopUp">, options?: CallOptions) =>
        call.put<"putAutoTopUp">(
          "/v1/customers/:id/auto-top-ups/:creditType",
          { ...inPool(pool), body: input },
          options,
        ),
      /** Takes the rule away; a payment that is on its way still counts. */
      delete: (pool: AutoTopUpPool, options?: CallOptions) =>
        call.remove<"deleteAutoTopUp">("/v1/customers/:id/auto-top-ups/:creditType", inPool(pool), options),
      /** Lets a rule that stopped, or waits after a failed payment, try again at once. */
      resume: (pool: AutoTopUpPool, options?: CallOptions) =>
        call.act<"resumeAutoTopUp">(
          "/v1/customers/:id/auto-top-ups/:creditType/resume",
          inPool(pool),
          options,
        ),
      /** The tries of a rule, newest first. */
      attempts: (
        { limit, cursor, ...pool }: AutoTopUpPool & { limit?: number; cursor?: string },
        options?: CallOptions,
      ) => {
        const { query, ...path } = inPool(pool);
        const page = { ...query, ...(limit ? { limit } : {}), ...(cursor ? { cursor } : {}) };
        return call.read<"listAutoTopUpAttempts">(
          "/v1/customers/:id/auto-top-ups/:creditType/attempts",
          { ...path, query: page },
          options,
        );
      },
    },
    settings: {
      get: (options?: CallOptions) => call.read<"getSettings">("/v1/settings", {}, options),
      /** Changes policies; what is left out stays. */
      update: (input: Keyed<BodyOf<"updateSettings">>, options?: CallOptions) =>
        call.change<"updateSettings">("/v1/settings", { body: input }, options),
    },
    reconciliation: {
      /** How Stripe's payments and the credits they bought compare. */
      get: (options?: CallOptions) => call.read<"getReconciliation">("/v1/reconciliation", {}, options),
    },
    usage: {
      /** Credits burned over time, by when their usage happened: broken down, compared, exact at once. */
      read: (query: QueryOf<"getUsage">, options?: CallOptions) =>
        call.read<"getUsage">("/v1/usage", { query }, options),
      /** When the credits run out if they are burned as they were, and how that was worked out. */
      forecast: (query: QueryOf<"getForecast">, options?: CallOptions) =>
        call.read<"getForecast">("/v1/forecast", { query }, options),
    },
    ledger: {
      /** A customer's ledger entries, newest first; with `groupBy` also subtotals over all that match. */
      list: (query: QueryOf<"listLedger">, options?: CallOptions) =>
        call.read<"listLedger">("/v1/ledger", { query }, options),
    },
  };
}
