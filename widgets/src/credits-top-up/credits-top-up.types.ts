import type { WidgetTopUp } from "@credits-kit/client/widget";

/** What became of the last attempt, said above the form. */
export type Notice =
  | { type: "cancelled" | "expired" | "priceChanged" | "notAnswered" | "notStarted" }
  | { type: "declined"; declineCode?: string | null | undefined };

/** Everything the element can show; impossible combinations cannot be written down. */
export type CreditsTopUpState =
  | { type: "loading" }
  /** The session may not buy. */
  | { type: "forbidden" }
  /** The customer's plan sells nothing. */
  | { type: "unsold" }
  | { type: "error"; code: string; requestId?: string | undefined; retryable: boolean; retrying: boolean }
  | { type: "form"; busy: boolean; notice?: Notice | undefined }
  /** Stripe's form, in a dialog. */
  | { type: "checkout"; order: WidgetTopUp; ready: boolean }
  /** The person pays in another tab: `blocked` has a link to it that nobody has pressed yet. */
  | { type: "tab" | "blocked"; order: WidgetTopUp; late: boolean }
  /** Paid as far as the person can see, or being confirmed by a bank. */
  | { type: "confirming"; order: WidgetTopUp; late: boolean }
  /** The bank asks for the person's confirmation. */
  | { type: "action"; order: WidgetTopUp; busy: boolean }
  | { type: "paid"; order: WidgetTopUp };
