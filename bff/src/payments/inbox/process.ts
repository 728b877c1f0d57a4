import { GatewayError } from "../gateway.ts";
import {
  postponeStripeEvent,
  settleStripeEvent,
  type StripeEventRow,
  takeStripeEvent,
} from "../../storage/payments/stripe-events.ts";
import { reportFinding } from "../../services/reconciliation/report.ts";
import type { TopUpDeps } from "../../services/top-ups/payments.ts";
import { EVENT_HANDLERS } from "./kinds.ts";

/**
 * Longer than all tries of one event's calls take while Stripe hangs: about five calls, a minute each. Events are taken one
 * by one, so that none waits behind another with its lease running out.
 */
const LEASE_SECONDS = 600;
const FIRST_DELAY_SECONDS = 5;
const LONGEST_DELAY_SECONDS = 3_600;
/** About a day of tries; then a person has to look. */
const MOST_TRIES = 30;

/** Deals with all events that are due. @returns how many those were */
export async function processStripeEvents(deps: TopUpDeps): Promise<number> {
  for (let count = 0; ; count += 1) {
    const event = await takeStripeEvent(deps.database.writer, LEASE_SECONDS);
    if (!event) return count;
    await processStripeEvent(deps, event);
  }
}

/** Deals with one event. What goes wrong has it wait for another try, later each time. */
export async function processStripeEvent(deps: TopUpDeps, event: StripeEventRow): Promise<void> {
  const { writer } = deps.database;
  const { event_id: eventId, type, tries } = event;
  const foreign = foreignness(deps, event);
  if (foreign !== null) {
    await reportFinding(deps, { kind: "foreign_event", about: eventId, detail: foreign });
    await settleStripeEvent(writer, { eventId, status: "ignored", outcome: "foreign" });
    return;
  }
  const handler = Object.hasOwn(EVENT_HANDLERS, type) ? EVENT_HANDLERS[type] : undefined;
  if (!handler) {
    await settleStripeEvent(writer, { eventId, status: "ignored", outcome: "not of interest" });
    return;
  }
  try {
    const status = await handler(deps, event);
    await settleStripeEvent(writer, { eventId, status, outcome: status });
  } catch (error) {
    const outcome = outcomeOf(error);
    if (tries < MOST_TRIES) {
      const seconds = Math.min(FIRST_DELAY_SECONDS * 2 ** Math.max(0, tries - 1), LONGEST_DELAY_SECONDS);
      await postponeStripeEvent(writer, { eventId, seconds, outcome });
      return;
    }
    await settleStripeEvent(writer, { eventId, status: "dead", outcome });
    const detail = `The event ${type} could not be dealt with in ${MOST_TRIES} tries: ${outcome}.`;
    await reportFinding(deps, { kind: "dead_webhook", about: eventId, detail });
  }
}

/** Why an event is none of this deployment's, though Stripe signed it: its secret is that of another mode or account. */
function foreignness({ mode }: TopUpDeps, event: StripeEventRow): string | null {
  if (event.account !== null)
    return "An event of a connected account came here. Its endpoint is not for those.";
  const isLive = mode === "live";
  if (event.is_live === isLive) return null;
  return `An event of the ${isLive ? "test" : "live"} mode came here: the webhook secret is not that of the ${mode} mode.`;
}

/** What is kept of a failure: never its message, which may quote what was sent. */
function outcomeOf(error: unknown): string {
  if (error instanceof GatewayError) return `stripe ${error.kind} ${error.code ?? ""}`.trim();
  if (!(error instanceof Error)) return "failed";
  return "code" in error && typeof error.code === "string" ? `${error.name} ${error.code}` : error.name;
}
