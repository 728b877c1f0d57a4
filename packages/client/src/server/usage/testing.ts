import assert from "node:assert/strict";
import { createServerClient, type ServerClientOptions, type UsageProblem } from "../index.ts";
import { manualClock, type ReceivedRequest, type Reply, startScriptedServer } from "../testing.ts";

export interface SentEvent {
  readonly id: string;
  readonly timestamp?: string;
  readonly featureId?: string;
}

/** The events that a request carries. */
export function eventsOf({ body }: ReceivedRequest): SentEvent[] {
  const batch: unknown = JSON.parse(body);
  assert.ok(isBatch(batch), body);
  return batch.events;
}

function isBatch(value: unknown): value is { events: SentEvent[] } {
  return typeof value === "object" && value !== null && "events" in value && Array.isArray(value.events);
}

/** Answers every event; those whose id begins with `bad` are rejected. */
export const judged: Reply = (response, request) => {
  const results = eventsOf(request).map(({ id }) =>
    id.startsWith("bad")
      ? { id, status: "rejected", error: { code: "not_found", path: "featureId", message: "is not known" } }
      : { id, status: "applied" },
  );
  response.writeHead(200).end(JSON.stringify({ results }));
};

/** A client whose time stands still until it is advanced, of a server that answers by the script. */
export async function usageScene(script: readonly Reply[], options: Partial<ServerClientOptions> = {}) {
  const server = await startScriptedServer(...script);
  const time = manualClock();
  const problems: UsageProblem[] = [];
  const client = createServerClient({
    baseUrl: server.baseUrl,
    apiKey: "ck_test_1",
    clock: time.clock,
    random: () => 0.5,
    onUsageError: (problem) => problems.push(problem),
    ...options,
  });
  return {
    client,
    time,
    problems,
    /** What became known of each event, as `kind id`. */
    told: () => problems.map((each) => ("event" in each ? `${each.kind} ${each.event.id}` : each.kind)),
    received: server.received,
    /** The ids of each call's events. */
    calls: () => server.received.map((request) => eventsOf(request).map(({ id }) => id)),
    async [Symbol.asyncDispose]() {
      const closed = client.close({ timeoutMs: 1 });
      time.advance(1);
      await closed;
      await server[Symbol.asyncDispose]();
    },
  };
}

export const event = (id: string) => ({ id, customerId: "lena", featureId: "image" });
export const events = (count: number) => Array.from({ length: count }, (_, index) => event(`e${index}`));
