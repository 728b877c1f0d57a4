import type { EstimatedEventInput, UsageEventInput } from "@credits-kit/contract";
import type { Caller } from "../caller.ts";
import type { BodyOf, CallOptions, Keyed, QueryOf, Spends } from "../wire-types.ts";

/** Calls that spend credits, set them aside, or say what spending would cost. */
export function usageCalls(call: Caller) {
  return {
    events: {
      /** Reports 1 to 1,000 events; the results come in the order sent, each with what became of its event. */
      report: (events: readonly UsageEventInput[], options?: CallOptions) =>
        call.repeat<"reportEvents">("/v1/events", { body: { events: [...events] } }, options),
      /** A customer's events, newest first; those that were denied included. */
      list: (query: QueryOf<"listEvents">, options?: CallOptions) =>
        call.read<"listEvents">("/v1/events", { query }, options),
      /** Takes an event back, once. The answer says what could not be restored. */
      reverse: (input: Keyed<BodyOf<"reverseEvent">>, options?: CallOptions) =>
        call.create<"reverseEvent">("/v1/events/reverse", { body: input }, options),
    },
    /**
     * Spends if there is enough, in one step. The same id is never spent twice.
     * @throws CreditsApiError `insufficient_credits`, with what is required and what is available; asking again with
     * the same id gets the same denial
     */
    consume: (input: Spends<BodyOf<"consume">>, options?: CallOptions) =>
      call.repeat<"consume">("/v1/consume", { body: input }, options),
    holds: {
      /** Sets credits aside. @throws CreditsApiError `insufficient_credits`; holds are always hard */
      place: (input: Spends<BodyOf<"placeHold">>, options?: CallOptions) =>
        call.repeat<"placeHold">("/v1/holds", { body: input }, options),
      /** A customer's holds, newest first. */
      list: (query: QueryOf<"listHolds">, options?: CallOptions) =>
        call.read<"listHolds">("/v1/holds", { query }, options),
      /** Burns what was set aside, or a part of it, or more. Unless `final` is false the rest is released. */
      capture: (input: Keyed<BodyOf<"captureHold">>, options?: CallOptions) =>
        call.create<"captureHold">("/v1/holds/capture", { body: input }, options),
      /** Ends a hold and frees what it set aside. */
      release: (input: Keyed<BodyOf<"releaseHold">>, options?: CallOptions) =>
        call.create<"releaseHold">("/v1/holds/release", { body: input }, options),
      /** Lets a hold live so many seconds from now. */
      extend: (input: Keyed<BodyOf<"extendHold">>, options?: CallOptions) =>
        call.create<"extendHold">("/v1/holds/extend", { body: input }, options),
    },
    /** What 1 to 1,000 events would cost, one after the other, in the order sent. Writes nothing. */
    estimate: (events: readonly EstimatedEventInput[], options?: CallOptions) =>
      call.repeat<"createEstimates">("/v1/estimates", { body: { events: [...events] } }, options),
  };
}
