import type { WidgetSession } from "@credits-kit/contract";
import type { Caller } from "../caller.ts";
import type { BodyOf, CallOptions, Keyed, QueryOf, Spends } from "../wire-types.ts";

type OfCustomer<Input> = Input & { customerId: string };

/** A saved card of a customer. */
export interface PaymentMethodPlace {
  customerId: string;
  paymentMethodId: string;
}

function placeOf({ customerId, paymentMethodId }: PaymentMethodPlace) {
  return { id: customerId, paymentMethodId };
}

/** Credits of a type that a customer has, or may have. */
export interface NotificationPlace {
  customerId: string;
  creditTypeId: string;
}

const PREFERENCES_PATH = "/v1/customers/:id/notification-preferences/:creditType";

function preferencesOf({ customerId, creditTypeId }: NotificationPlace) {
  return { id: customerId, creditType: creditTypeId };
}

/** Calls about customers: who they are, what they hold, their subscriptions and their widgets' sessions. */
export function customerCalls(call: Caller) {
  return {
    customers: {
      create: (input: Keyed<BodyOf<"createCustomer">>, options?: CallOptions) =>
        call.create<"createCustomer">("/v1/customers", { body: input }, options),
      /** Creates the customer, or changes what is given. */
      upsert: (id: string, input: BodyOf<"upsertCustomer">, options?: CallOptions) =>
        call.put<"upsertCustomer">("/v1/customers/:id", { id, body: input }, options),
      list: (query?: QueryOf<"listCustomers">, options?: CallOptions) =>
        call.read<"listCustomers">("/v1/customers", { query }, options),
      get: (id: string, options?: CallOptions) =>
        call.read<"getCustomer">("/v1/customers/:id", { id }, options),
      /** Every pool of the customer, exact at the moment of the answer. */
      balances: (id: string, options?: CallOptions) =>
        call.read<"getBalances">("/v1/customers/:id/balances", { id }, options),
      /** Whether the customer could spend now, and why not. Sets nothing aside: `consume` and holds do. */
      check: (id: string, input: Spends<BodyOf<"checkCustomer">>, options?: CallOptions) =>
        call.repeat<"checkCustomer">("/v1/customers/:id/check", { id, body: input }, options),
    },
    notificationPreferences: {
      /** What a customer wants to be told of credits of a type, set or by default. */
      get: (place: NotificationPlace, options?: CallOptions) =>
        call.read<"getNotificationPreferences">(PREFERENCES_PATH, preferencesOf(place), options),
      /** Sets it: what is left out is as if nobody had ever set it. */
      put: (place: NotificationPlace, input: BodyOf<"putNotificationPreferences">, options?: CallOptions) =>
        call.put<"putNotificationPreferences">(
          PREFERENCES_PATH,
          { ...preferencesOf(place), body: input },
          options,
        ),
    },
    paymentMethods: {
      /** The customer's saved cards, the default first. */
      list: (customerId: string, options?: CallOptions) =>
        call.read<"listPaymentMethods">("/v1/customers/:id/payment-methods", { id: customerId }, options),
      /** Opens Stripe's own page on which a card is added. */
      setUp: (
        { customerId, ...body }: Keyed<OfCustomer<BodyOf<"setUpPaymentMethod">>>,
        options?: CallOptions,
      ) =>
        call.create<"setUpPaymentMethod">(
          "/v1/customers/:id/payment-methods/setup",
          { id: customerId, body },
          options,
        ),
      /** Charges this card from now on where none is named. */
      setDefault: (card: PaymentMethodPlace, options?: CallOptions) =>
        call.act<"setDefaultPaymentMethod">(
          "/v1/customers/:id/payment-methods/:paymentMethodId/default",
          placeOf(card),
          options,
        ),
      /** Removes a card; an auto top-up that names it stops. */
      remove: (card: PaymentMethodPlace, options?: CallOptions) =>
        call.remove<"removePaymentMethod">(
          "/v1/customers/:id/payment-methods/:paymentMethodId",
          placeOf(card),
          options,
        ),
    },
    subscriptions: {
      create: (
        { customerId, ...body }: Keyed<OfCustomer<BodyOf<"createSubscription">>>,
        options?: CallOptions,
      ) =>
        call.create<"createSubscription">(
          "/v1/customers/:id/subscriptions",
          { id: customerId, body },
          options,
        ),
      list: ({ customerId, ...query }: OfCustomer<QueryOf<"listSubscriptions">>, options?: CallOptions) =>
        call.read<"listSubscriptions">("/v1/customers/:id/subscriptions", { id: customerId, query }, options),
      get: (id: string, options?: CallOptions) =>
        call.read<"getSubscription">("/v1/subscriptions/:id", { id }, options),
      /** Moves it to another plan or version, changes seats, price or end. What the period still lacks is granted. */
      update: (id: string, change: Keyed<BodyOf<"updateSubscription">>, options?: CallOptions) =>
        call.change<"updateSubscription">("/v1/subscriptions/:id", { id, body: change }, options),
      /** Ends it with its current period, or at once. What was granted stays until it expires. */
      cancel: (id: string, input?: Keyed<BodyOf<"cancelSubscription">>, options?: CallOptions) =>
        call.create<"cancelSubscription">("/v1/subscriptions/:id/cancel", { id, body: input ?? {} }, options),
    },
    widgetSessions: {
      /** Mints a token for a customer's widgets. Harmless to repeat, so it takes no key and no copy is kept. */
      create: (input: BodyOf<"createWidgetSession">, options?: CallOptions) =>
        call.repeat<"createWidgetSession", WidgetSession>("/v1/widget-sessions", { body: input }, options),
    },
  };
}
