import type { CreditsTopUpState } from "./credits-top-up.types.ts";

/** The element that a purchase is made in. */
export interface PurchaseHost extends HTMLElement {
  creditType: string | undefined;
  resource: string | undefined;
  currency: string | undefined;
  credits: string | undefined;
  return: "dialog" | "tab" | "redirect" | undefined;
  state: CreditsTopUpState;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
  /** Lets windows of Stripe's come before the dialog, which would cover them, while `act` runs. */
  stepAside(act: () => Promise<void>): Promise<void>;
}
