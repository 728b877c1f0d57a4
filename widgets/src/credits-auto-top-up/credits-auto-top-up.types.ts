import type { WidgetCardSetup } from "@credits-kit/client/widget";

/** What became of the last thing that the person did. */
export type Notice =
  "saved" | "removed" | "cardSaved" | "cardCancelled" | "cardExpired" | "notAnswered" | "notSaved";

/** Everything the element can show; impossible combinations cannot be written down. */
export type CreditsAutoTopUpState =
  | { type: "loading" }
  /** The session may not change settings. */
  | { type: "forbidden" }
  /** The customer's plan sells nothing. */
  | { type: "unsold" }
  | { type: "error"; code: string; requestId?: string | undefined; retryable: boolean; retrying: boolean }
  /** Nothing is set yet. */
  | { type: "invite"; notice?: Notice | undefined }
  | { type: "form"; busy: boolean; notice?: Notice | undefined }
  /** What is set, and what it is at; `asking` whether it is to be removed. */
  | { type: "status"; busy: boolean; asking: boolean; notice?: Notice | undefined }
  /** Asks for the consent before another card is added. */
  | { type: "card"; busy: boolean; notice?: Notice | undefined }
  /** Stripe's form, in a dialog. */
  | { type: "checkout"; setup: WidgetCardSetup; ready: boolean }
  /**
   * The person adds the card in another tab: `blocked` has a link to it that nobody has pressed yet. `checking`: Stripe
   * has the card, the server is about to.
   */
  | { type: "tab" | "blocked" | "checking"; setup: WidgetCardSetup; late: boolean };
