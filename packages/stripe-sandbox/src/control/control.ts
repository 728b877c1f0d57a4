import type Stripe from "stripe";
import type { Attempt, Deliveries, DeliveryFaults, WebhookTarget } from "../events/deliveries.ts";
import type { Fault, Faults } from "../http/faults.ts";
import type { LoggedRequest, RequestLog } from "../http/request-log.ts";
import { expireDue } from "../resources/checkout-sessions/expire.ts";
import { warnOfFraud } from "../resources/disputes/aftermath.ts";
import { closeDispute, moveDispute, openDispute, type DisputeStart } from "../resources/disputes/dispute.ts";
import { moveRefund } from "../resources/refunds/refund.ts";
import { Collection } from "../store/collection.ts";
import { need, type Settings, type World } from "../world.ts";
import { createPayerControl, type PayerControl } from "./payer.ts";

/** Makes things happen that at Stripe banks, people and bad luck do. Times are in seconds unless named otherwise. */
export interface SandboxControl extends PayerControl {
  /** Where events go from now on; nowhere without a target. */
  setWebhook(target: WebhookTarget | undefined): void;
  /** Plans a fault for requests to come. */
  addFault(fault: Fault): void;
  /** Forgets all planned faults and lets held requests go on. */
  clearFaults(): void;
  /** Lets the requests go on that a fault of kind `hold` stopped. */
  releaseHeld(): void;
  /** Duplicates, drops, delays or reorders deliveries from now on. */
  setDelivery(faults: Partial<DeliveryFaults>): void;
  /** Gathers events; they leave, in the order of `setDelivery`, at {@link SandboxControl.resumeWebhooks}. */
  pauseWebhooks(): void;
  resumeWebhooks(): void;
  /** Resolves when no delivery is under way. */
  webhooksIdle(): Promise<void>;
  /** Sends an event again, now; answers the status of the answer, 0 without one. @throws StripeProblem unless it exists. */
  deliver(eventId: string): Promise<number>;
  /** Changes what an account has in its dashboard: tax, kinds of payment, lag of the search, events per fact. */
  configure(settings: Partial<Settings>): void;
  /** A refund fails, although it may have succeeded before. */
  failRefund(refundId: string): Stripe.Refund;
  /** A pending refund succeeds. */
  settleRefund(refundId: string): Stripe.Refund;
  openDispute(chargeId: string, start?: DisputeStart): Stripe.Dispute;
  /** Moves an open dispute to another open status, such as `under_review`. */
  moveDispute(disputeId: string, status: string): Stripe.Dispute;
  closeDispute(disputeId: string, status: "won" | "lost" | "warning_closed"): Stripe.Dispute;
  /** The issuer warns of fraud. */
  warnOfFraud(chargeId: string): Stripe.Radar.EarlyFraudWarning;
  /** Moves the sandbox's clock and expires what is due. */
  advanceClock(seconds: number): void;
  /** What the API was asked, oldest first. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  /** What was sent to the webhook endpoint, oldest first. */
  readonly deliveries: readonly Attempt[];
  /** All events, oldest first. */
  readonly events: readonly Stripe.EventBase[];
  /** How many objects there are of each kind. */
  readonly objects: Record<string, number>;
}

interface ControlParts {
  world: World;
  deliveries: Deliveries;
  faults: Faults;
  log: RequestLog;
}

/** The control API of one sandbox. */
export function createControl({ world, deliveries, faults, log }: ControlParts): SandboxControl {
  const { store } = world;
  return {
    ...createPayerControl(world),
    setWebhook(target) {
      deliveries.target = target;
    },
    addFault: faults.add,
    clearFaults: faults.clear,
    releaseHeld: faults.release,
    setDelivery: (changes) => void Object.assign(deliveries.faults, changes),
    pauseWebhooks: deliveries.pause,
    resumeWebhooks: deliveries.resume,
    webhooksIdle: deliveries.idle,
    deliver: async (eventId) => deliveries.deliver(need(store.events, eventId)),
    configure: (settings) => void Object.assign(world.settings, settings),
    failRefund: (id) => moveRefund(world, need(store.refunds, id), "failed"),
    settleRefund: (id) => moveRefund(world, need(store.refunds, id), "succeeded"),
    openDispute: (id, start) => openDispute(world, need(store.charges, id), start),
    moveDispute: (id, status) => moveDispute(world, need(store.disputes, id), status),
    closeDispute: (id, status) => closeDispute(world, need(store.disputes, id), status),
    warnOfFraud: (id) => warnOfFraud(world, need(store.charges, id)),
    advanceClock(seconds) {
      world.clock.advance(seconds * 1000);
      expireDue(world);
    },
    get requests() {
      return log.requests;
    },
    clearRequests: log.clear,
    get deliveries() {
      return deliveries.attempts;
    },
    get events() {
      return store.events.oldestFirst();
    },
    get objects() {
      return Object.fromEntries(
        Object.entries(store).flatMap(([name, held]: [string, unknown]) =>
          held instanceof Collection ? [[name, held.size]] : [],
        ),
      );
    },
  };
}
