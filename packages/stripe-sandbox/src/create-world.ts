import type Stripe from "stripe";
import { API_VERSION } from "./api-version.ts";
import type { Clock } from "./clock.ts";
import type { Deliveries } from "./events/deliveries.ts";
import { plain } from "./http/plain.ts";
import { newId } from "./ids.ts";
import { createStore } from "./store/store.ts";
import type { World } from "./world.ts";

interface WorldParts {
  clock: Clock;
  deliveries: Deliveries;
  url: () => string;
}

/** A world without objects. */
export function createWorld({ clock, deliveries, url }: WorldParts): World {
  const store = createStore();
  const world: World = {
    store,
    clock,
    url,
    settings: {
      taxPercent: 0,
      paymentMethodTypes: ["card", "us_bank_account"],
      searchLagSeconds: 0,
      eventsPerFact: 1,
      refundStatus: "succeeded",
    },
    paymentListeners: [],
    setupListeners: [],
    request: undefined,
    emit(type, object, previous) {
      for (let count = 0; count < world.settings.eventsPerFact; count += 1) {
        const event: Stripe.EventBase = {
          id: newId("evt"),
          object: "event",
          api_version: API_VERSION,
          created: clock.seconds(),
          data: { object: snapshot(object), ...(previous && { previous_attributes: snapshot(previous) }) },
          livemode: false,
          pending_webhooks: deliveries.target === undefined ? 0 : 1,
          request: { id: world.request?.id ?? null, idempotency_key: world.request?.idempotencyKey ?? null },
          type,
        };
        deliveries.enqueue(store.events.add(event));
      }
    },
  };
  return world;
}

/** The object as it is now: what happens to it later must not change the event. */
function snapshot(object: object): object {
  const copy = plain(object);
  return typeof copy === "object" && copy !== null ? copy : {};
}
