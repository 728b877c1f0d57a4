import type { Caller } from "../caller.ts";
import type { BodyOf, CallOptions, Keyed, QueryOf } from "../wire-types.ts";

/** Calls about what can be bought and used: credit types, features, plans. */
export function catalogueCalls(call: Caller) {
  return {
    creditTypes: {
      create: (input: Keyed<BodyOf<"createCreditType">>, options?: CallOptions) =>
        call.create<"createCreditType">("/v1/credit-types", { body: input }, options),
      list: (query?: QueryOf<"listCreditTypes">, options?: CallOptions) =>
        call.read<"listCreditTypes">("/v1/credit-types", { query }, options),
      get: (id: string, options?: CallOptions) =>
        call.read<"getCreditType">("/v1/credit-types/:id", { id }, options),
      /** Changes what is given. */
      update: (id: string, input: Keyed<BodyOf<"updateCreditType">>, options?: CallOptions) =>
        call.change<"updateCreditType">("/v1/credit-types/:id", { id, body: input }, options),
      /** @throws CreditsApiError `in_use`, with what uses it */
      archive: (id: string, options?: CallOptions) =>
        call.act<"archiveCreditType">("/v1/credit-types/:id/archive", id, options),
      unarchive: (id: string, options?: CallOptions) =>
        call.act<"unarchiveCreditType">("/v1/credit-types/:id/unarchive", id, options),
    },
    features: {
      create: (input: Keyed<BodyOf<"createFeature">>, options?: CallOptions) =>
        call.create<"createFeature">("/v1/features", { body: input }, options),
      list: (query?: QueryOf<"listFeatures">, options?: CallOptions) =>
        call.read<"listFeatures">("/v1/features", { query }, options),
      get: (id: string, options?: CallOptions) =>
        call.read<"getFeature">("/v1/features/:id", { id }, options),
      /** Changes what is given. */
      update: (id: string, input: Keyed<BodyOf<"updateFeature">>, options?: CallOptions) =>
        call.change<"updateFeature">("/v1/features/:id", { id, body: input }, options),
      /** @throws CreditsApiError `in_use`, with what uses it */
      archive: (id: string, options?: CallOptions) =>
        call.act<"archiveFeature">("/v1/features/:id/archive", id, options),
      unarchive: (id: string, options?: CallOptions) =>
        call.act<"unarchiveFeature">("/v1/features/:id/unarchive", id, options),
    },
    plans: {
      create: (input: Keyed<BodyOf<"createPlan">>, options?: CallOptions) =>
        call.create<"createPlan">("/v1/plans", { body: input }, options),
      list: (query?: QueryOf<"listPlans">, options?: CallOptions) =>
        call.read<"listPlans">("/v1/plans", { query }, options),
      /** The last version, or the one that the query names. */
      get: (id: string, query?: QueryOf<"getPlan">, options?: CallOptions) =>
        call.read<"getPlan">("/v1/plans/:id", { id, query }, options),
      /** Makes a new version with what is given; who is subscribed stays on theirs. */
      update: (id: string, input: Keyed<BodyOf<"updatePlan">>, options?: CallOptions) =>
        call.change<"updatePlan">("/v1/plans/:id", { id, body: input }, options),
      /** The versions of a plan, the last one first. */
      versions: (id: string, query?: QueryOf<"listPlanVersions">, options?: CallOptions) =>
        call.read<"listPlanVersions">("/v1/plans/:id/versions", { id, query }, options),
    },
  };
}
