import type Stripe from "stripe";
import { AUTHENTICATION_REQUIRED, type Decline } from "../../cards/card.ts";
import { cardDeclined, declineBody } from "../../cards/declined.ts";
import { invalidRequest, type StripeProblem } from "../../errors.ts";
import { plain } from "../../http/plain.ts";
import { newId, randomText } from "../../ids.ts";
import { idOf, type World } from "../../world.ts";
import { allowedTypes } from "../payment-intents/payment-intent.ts";
import { attachPaymentMethod, cardOf, takePaymentMethod } from "../payment-methods/payment-method.ts";

/** What a new setup is about. */
export interface SetupStart {
  customer?: string | null | undefined;
  description?: string | null | undefined;
  metadata?: Record<string, string>;
  usage?: string | undefined;
  allowed?: string[] | undefined;
}

/** Creates a setup that waits for a payment method, and tells so. */
export function createSetupIntent(world: World, start: SetupStart): Stripe.SetupIntent {
  const id = newId("seti");
  const setup: Stripe.SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: start.allowed ?? null,
    application: null,
    automatic_payment_methods: { allow_redirects: "always", enabled: true },
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: world.clock.seconds(),
    customer: start.customer ?? null,
    customer_account: null,
    description: start.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: { ...start.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: allowedTypes(world, start.allowed),
    single_use_mandate: null,
    status: "requires_payment_method",
    usage: start.usage ?? "off_session",
  };
  world.store.setupIntents.add(setup);
  world.emit("setup_intent.created", setup);
  return setup;
}

/** Saves a payment method, asking the person when the bank wants it. @throws StripeProblem when it is declined. */
export function confirmSetup(
  world: World,
  setup: Stripe.SetupIntent,
  { method: named, returnUrl = null }: { method?: string | undefined; returnUrl?: string | null | undefined },
): void {
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(setup.status)) {
    throw unexpectedSetup(
      setup,
      `You cannot confirm this SetupIntent because it has a status of ${setup.status}.`,
    );
  }
  const id = named ?? idOf(setup.payment_method);
  if (id === null)
    throw unexpectedSetup(
      setup,
      "You cannot confirm this SetupIntent because it's missing a payment method.",
    );
  const method = takePaymentMethod(world, id);
  const card = cardOf(world, method);
  setup.payment_method = method.id;
  if (card.declinesAttach && card.decline) throw setupFails(world, setup, { method, decline: card.decline });
  if (card.authentication === "always" || card.authentication === "unless_set_up") {
    setup.status = "requires_action";
    setup.next_action = {
      type: "redirect_to_url",
      redirect_to_url: {
        return_url: returnUrl,
        url: `${world.url()}/3ds/${setup.id}?client_secret=${setup.client_secret ?? ""}`,
      },
    };
    world.emit("setup_intent.requires_action", setup);
    return;
  }
  setupSucceeds(world, setup, method);
}

/** The person confirmed, or refused, what the bank asked. */
export function completeSetupAuthentication(
  world: World,
  setup: Stripe.SetupIntent,
  confirmed: boolean,
): void {
  if (setup.status !== "requires_action")
    throw unexpectedSetup(setup, "This SetupIntent awaits no confirmation by a person.");
  const method = takePaymentMethod(world, idOf(setup.payment_method) ?? "");
  if (confirmed) return setupSucceeds(world, setup, method);
  const decline: Decline = {
    ...AUTHENTICATION_REQUIRED,
    code: "setup_intent_authentication_failure",
    message:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  };
  setupFails(world, setup, { method, decline });
}

function setupSucceeds(world: World, setup: Stripe.SetupIntent, method: Stripe.PaymentMethod): void {
  const customer = idOf(setup.customer);
  if (customer !== null && method.customer === null) attachPaymentMethod(world, method.id, customer);
  world.store.setUp.add(method.id);
  setup.status = "succeeded";
  setup.next_action = null;
  setup.last_setup_error = null;
  setup.payment_method = method.id;
  world.emit("setup_intent.succeeded", setup);
  for (const listener of world.setupListeners) listener(world, setup);
}

function setupFails(
  world: World,
  setup: Stripe.SetupIntent,
  { method, decline }: { method: Stripe.PaymentMethod; decline: Decline },
): StripeProblem {
  setup.status = "requires_payment_method";
  setup.payment_method = null;
  setup.next_action = null;
  setup.last_setup_error = { ...declineBody(decline), payment_method: method };
  world.emit("setup_intent.setup_failed", setup);
  return cardDeclined(decline, { setup_intent: plain(setup), payment_method: plain(method) });
}

function unexpectedSetup(setup: Stripe.SetupIntent, message: string): StripeProblem {
  const problem = invalidRequest(message, { code: "setup_intent_unexpected_state" });
  problem.body.setup_intent = setup;
  return problem;
}
