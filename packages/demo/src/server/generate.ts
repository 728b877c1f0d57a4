import type { EventResult, ServerClient, UsageEventInput } from "@credits-kit/client/server";
import type { Kind } from "../seed/catalogue.ts";
import { affordable, type Offers } from "./offers.ts";
import { DemoProblem } from "./problems.ts";

/** What the page shows behind a finished work: the event as it was reported and what the credits server said. */
export interface Generated {
  event: UsageEventInput;
  result: EventResult;
  tookMs: number;
}

interface Press {
  kind: Kind;
  id: string;
  customerId: string;
}

/**
 * Burns the credits for one work. The event is reported before anything is drawn: when the answer says `applied`, the
 * credits are gone for good, and the same id never burns them twice.
 */
export async function generate(
  { client, offers }: { client: ServerClient; offers: () => Promise<Offers> },
  { kind, id, customerId }: Press,
): Promise<Generated> {
  const event = { id: `lumen-${id}`, customerId, featureId: kind, dimensions: { model: "prism-2" } };
  const startedMs = performance.now();
  const { results } = await client.events.report([event]);
  const tookMs = Math.round((performance.now() - startedMs) * 10) / 10;
  const [result] = results;
  if (!result)
    throw new DemoProblem(502, "credits_unavailable", { detail: "The credits server said nothing." });
  if (result.status !== "rejected") return { event, result, tookMs };
  if (result.error?.code !== "insufficient_credits") {
    const code = result.error?.code ?? "credits_unavailable";
    throw new DemoProblem(409, code, {
      detail: result.error?.message ?? "The credits server refused the event.",
    });
  }
  const [known, available] = [await offers(), result.available ?? result.balance ?? "0"];
  throw new DemoProblem(402, "insufficient_credits", {
    detail: result.error.message,
    cost: result.required ?? known.prices[kind],
    available,
    affordable: affordable(known, available),
  });
}
