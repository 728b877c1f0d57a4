import type { StripeEventRow } from "../../storage/payments/stripe-events.ts";
import type { TopUpDeps } from "../../services/top-ups/payments.ts";

/** What became of an event. `ignored` says that it is none of ours. What throws is tried again. */
export type EventOutcome = "done" | "ignored";

/** Deals with an event by reading its object again: the event itself is a hint, of which there may be two or none. */
export type EventHandler = (deps: TopUpDeps, event: StripeEventRow) => Promise<EventOutcome>;
