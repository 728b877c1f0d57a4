import type { Caller } from "../caller.ts";
import type { BodyOf, CallOptions, Keyed, QueryOf } from "../wire-types.ts";

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
