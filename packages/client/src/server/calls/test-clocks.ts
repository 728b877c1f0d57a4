import type { Caller } from "../caller.ts";
import type { BodyOf, CallOptions, Keyed, QueryOf } from "../wire-types.ts";

/** Calls about test clocks, which only test deployments have. */
export function testClockCalls(call: Caller) {
  return {
    testClocks: {
      create: (input: Keyed<BodyOf<"createTestClock">>, options?: CallOptions) =>
        call.create<"createTestClock">("/v1/test-clocks", { body: input }, options),
      list: (query?: QueryOf<"listTestClocks">, options?: CallOptions) =>
        call.read<"listTestClocks">("/v1/test-clocks", { query }, options),
      get: (id: string, options?: CallOptions) =>
        call.read<"getTestClock">("/v1/test-clocks/:id", { id }, options),
      /** Lets time pass for the clock's customers, and answers when all that fell due meanwhile is in the ledger. */
      advance: (id: string, input: Keyed<BodyOf<"advanceTestClock">>, options?: CallOptions) =>
        call.create<"advanceTestClock">("/v1/test-clocks/:id/advance", { id, body: input }, options),
      /** Deletes a clock by which no customer lives. */
      delete: (id: string, options?: CallOptions) =>
        call.remove<"deleteTestClock">("/v1/test-clocks/:id", id, options),
    },
  };
}
