import type Stripe from "stripe";
import type { Clock } from "./clock.ts";
import { type Collection } from "./store/collection.ts";
import { type Store } from "./store/store.ts";
import { resourceMissing } from "./errors.ts";

/** What can be set from outside: accounts of Stripe have these in their dashboard. */
export interface Settings {
  /** The part that automatic tax adds on top, in percent. */
  taxPercent: number;
  /** What a payment may be paid with when the request names no kinds. */
  paymentMethodTypes: string[];
  /** How long a search misses what is new, in seconds; Stripe promises "under a minute". */
  searchLagSeconds: number;
  /** Whether every fact is told by two Event objects, as Stripe sometimes does. */
  eventsPerFact: 1 | 2;
  /** The status of a new refund. */
  refundStatus: "succeeded" | "pending" | "failed";
}

/** What other resources do once a payment is settled. */
export type PaymentListener = (
  world: World,
  payment: Stripe.PaymentIntent,
  change: "succeeded" | "failed" | "processing" | "requires_action" | "canceled",
) => void;

/** What other resources do once a payment method is saved by a setup. */
export type SetupListener = (world: World, setup: Stripe.SetupIntent) => void;

/** The request that is being worked on; events name it. */
export interface RequestMark {
  id: string;
  idempotencyKey: string | null;
}

/** All that an endpoint, a page or a control command works with. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  /** The sandbox's address, without a slash at the end. */
  readonly url: () => string;
  readonly paymentListeners: PaymentListener[];
  readonly setupListeners: SetupListener[];
  request: RequestMark | undefined;
  /** Records an event and has it delivered; `previous` holds the values before the change. */
  emit(type: Stripe.EventBase["type"], object: object, previous?: object): void;
}

/** The object with this id. @throws StripeProblem `resource_missing`, about `param`. */
export function need<T extends { id: string }>(collection: Collection<T>, id: string, param = "id"): T {
  const found = collection.get(id);
  if (found === undefined) throw resourceMissing(collection.kind, id, param);
  return found;
}

/** The customer with this id, unless it was deleted. @throws StripeProblem `resource_missing`. */
export function needCustomer(world: World, id: string, param = "customer"): Stripe.Customer {
  const found = need(world.store.customers, id, param);
  if (found.deleted) throw resourceMissing("customer", id, param);
  return found;
}

/** The id of something that is held as its id or, expanded, as itself. */
export function idOf(value: string | { id: string }): string;
export function idOf(value: string | { id: string } | null | undefined): string | null;
export function idOf(value: string | { id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : value.id;
}
