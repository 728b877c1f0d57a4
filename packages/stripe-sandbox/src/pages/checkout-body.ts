import type Stripe from "stripe";
import { paymentMethodsOf } from "../resources/payment-methods/payment-method.ts";
import { idOf, type World } from "../world.ts";
import { cardFields, type CardEntry } from "./card-form.ts";
import { html, type Html } from "./html.ts";
import { money } from "./money.ts";

interface CheckoutView {
  session: Stripe.Checkout.Session;
  entry: CardEntry;
  problem?: string | undefined;
  /** Where the form goes. */
  action: string;
}

/** The page on which a person pays, or saves a card. */
export function checkoutBody(world: World, view: CheckoutView): Html {
  const { session, entry, problem, action } = view;
  const details = world.store.checkouts.get(session.id);
  const paying = session.mode === "payment";
  const total = money(session.amount_total ?? 0, session.currency ?? "usd");
  const free = paying && session.amount_total === 0;
  const usage = details?.payment.setupFutureUsage ?? null;
  const known =
    session.customer_email ?? (session.customer === null ? null : session.customer_details?.email);
  return html`<form class="card" method="post" action="${action}" data-pay>
    <button class="default" type="submit" name="action" value="pay" tabindex="-1" aria-hidden="true">
      Pay
    </button>
    ${session.cancel_url ? html`<p class="back"><a href="${session.cancel_url}">Back</a></p>` : ""}
    <h1>${paying ? html`Pay <strong>${total}</strong>` : "Save a card for later"}</h1>
    ${paying ? summary(world, session) : ""}
    ${problem === undefined ? "" : html`<p class="problem" role="alert">${problem}</p>`}
    <label class="wide"
      >E-mail
      <input
        type="email"
        name="email"
        autocomplete="email"
        required
        value="${known ?? entry.email ?? session.customer_details?.email ?? ""}"
        ${known ? html`readonly` : ""}
      />
    </label>
    ${free ? "" : cardFields({ entry, saved: savedOf(world, session), types: session.payment_method_types })}
    ${paying && session.allow_promotion_codes === true ? promotion(session) : ""}
    ${session.saved_payment_method_options?.payment_method_save === "enabled" ? html`<label class="choice"><input type="checkbox" name="save" /> Save this card for later</label>` : ""}
    ${session.consent_collection?.terms_of_service === "required" ? html`<label class="choice"><input type="checkbox" name="terms" required /> I agree to the terms of service</label>` : ""}
    ${usage === null && paying ? "" : html`<p class="small">${reuseText(usage, paying)}</p>`}
    ${session.custom_text.submit ? html`<p class="small">${session.custom_text.submit.message}</p>` : ""}
    <button class="primary" type="submit" name="action" value="pay">
      ${paying ? (free ? "Complete" : `Pay ${total}`) : "Save card"}
    </button>
  </form>`;
}

function reuseText(usage: string | null, paying: boolean): string {
  if (!paying)
    return "The merchant may charge this card later, also while you are away, as you agreed with them.";
  return usage === "off_session"
    ? "By paying you allow the merchant to save this card and to charge it later, also while you are away."
    : "Your card is saved, so that you need not enter it again.";
}

function summary(world: World, session: Stripe.Checkout.Session): Html {
  const currency = session.currency ?? "usd";
  const items = world.store.checkouts.get(session.id)?.lineItems ?? [];
  const totals = session.total_details;
  const row = (name: string, amount: number): Html =>
    html`<tr>
      <th scope="row">${name}</th>
      <td>${money(amount, currency)}</td>
    </tr>`;
  const changed = (totals?.amount_discount ?? 0) > 0 || (totals?.amount_tax ?? 0) > 0;
  return html`<table class="summary">
    <caption>
      Order
    </caption>
    <tbody>
      ${items.map((item) => row(`${item.description ?? "Item"}${item.quantity === 1 ? "" : ` × ${item.quantity ?? 1}`}`, item.amount_subtotal))}
      ${changed ? row("Subtotal", session.amount_subtotal ?? 0) : ""}
      ${totals && totals.amount_discount > 0 ? row("Discount", -totals.amount_discount) : ""}
      ${totals && totals.amount_tax > 0 ? row("Tax", totals.amount_tax) : ""}
    </tbody>
    <tfoot>
      ${row("Total", session.amount_total ?? 0)}
    </tfoot>
  </table>`;
}

function promotion(session: Stripe.Checkout.Session): Html {
  const [discount] = session.discounts ?? [];
  if (discount) {
    return html`<p class="row">
      <span>Promotion code applied</span
      ><button type="submit" name="action" value="remove_promotion" formnovalidate>Remove</button>
    </p>`;
  }
  return html`<div class="row">
    <label>Promotion code <input name="promotion_code" autocomplete="off" /></label
    ><button type="submit" name="action" value="promotion" formnovalidate>Apply</button>
  </div>`;
}

function savedOf(world: World, session: Stripe.Checkout.Session): Stripe.PaymentMethod[] {
  const customer = idOf(session.customer);
  const shown = session.saved_payment_method_options?.allow_redisplay_filters ?? [];
  if (customer === null || session.mode === "setup") return [];
  return paymentMethodsOf(world, customer).filter(
    (method) =>
      shown.includes(method.allow_redisplay ?? "unspecified") &&
      session.payment_method_types.includes(method.type),
  );
}
