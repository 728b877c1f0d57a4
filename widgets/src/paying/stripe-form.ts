import { placeInDocument } from "./place-in-document.ts";

export interface StripeForm {
  publishableKey: string;
  clientSecret: string;
  signal: AbortSignal;
}

const PATIENCE_MS = 8_000;

/** What a page's policy, its network or a blocker may do to Stripe's script; the hosted page is then the way to pay. */
class NoStripeError extends Error {}

/** Loads Stripe's script, and only now: a page where nobody pays talks to nobody. */
async function loadStripe(publishableKey: string) {
  const { loadStripe } = await import("@stripe/stripe-js/pure");
  const stripe = await loadStripe(publishableKey);
  if (!stripe) throw new NoStripeError("no window");
  return stripe;
}

/**
 * Shows Stripe's checkout in the slot `checkout` of the element until the signal aborts.
 * @throws when the form cannot be shown within 8 s.
 */
export async function showCheckout(
  element: HTMLElement,
  form: StripeForm & { onComplete(): void },
): Promise<void> {
  const { publishableKey, clientSecret, signal, onComplete } = form;
  await inTime(signal, async () => {
    const stripe = await loadStripe(publishableKey);
    const checkout = await stripe.createEmbeddedCheckoutPage({ clientSecret, onComplete });
    if (signal.aborted) return checkout.destroy();
    const { place, remove } = placeInDocument(element, "checkout");
    signal.addEventListener("abort", () => {
      checkout.destroy();
      remove();
    });
    checkout.mount(place);
  });
}

/** Lets the bank ask the person for a confirmation, in a window of Stripe's. Resolves when that is over, either way. */
export async function confirmPayment({
  publishableKey,
  clientSecret,
}: Omit<StripeForm, "signal">): Promise<void> {
  const patience = new AbortController();
  const stripe = await inTime(patience.signal, () => loadStripe(publishableKey));
  await stripe.handleNextAction({ clientSecret });
}

/** Gives up after a while, and at once when the page's policy refuses something of Stripe's. */
async function inTime<Answer>(signal: AbortSignal, act: () => Promise<Answer>): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new NoStripeError("Stripe's form did not load"));
  const refused = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    if (/\bstripe\b/.test(blockedURI)) giveUp();
  };
  const timer = setTimeout(giveUp, PATIENCE_MS);
  document.addEventListener("securitypolicyviolation", refused);
  signal.addEventListener("abort", giveUp);
  try {
    return await Promise.race([act(), promise]);
  } finally {
    clearTimeout(timer);
    document.removeEventListener("securitypolicyviolation", refused);
  }
}
