import { CreditsEvent } from "../ui/credits-event.ts";

export interface TopUpRequest {
  /** The credit type to buy; absent when the customer has no pool yet and the element names no type. */
  creditTypeId: string | undefined;
  /** The pool's resource; null is the default pool. */
  resourceId: string | null;
  /** How many credits; absent as long as nobody has chosen. */
  credits?: string;
}

/** A person pressed "Top up", or "Pay". The page may cancel it to say that it opens its own purchase flow. */
export class CreditsTopUpRequestEvent extends CreditsEvent<TopUpRequest> {
  constructor(detail: TopUpRequest) {
    super("credits-top-up-request", detail, true);
  }
}

/** The element shows balances for the first time, or again after an error. */
export class CreditsBalanceLoadEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-balance-load", undefined);
  }
}

export interface BalanceError {
  /** A stable code: one of the API's, or one of the session's. */
  code: string;
  /** Names the request in the server's logs, where it got that far. */
  requestId?: string | undefined;
  /** Whether trying again can help. */
  retryable: boolean;
}

/** The element cannot show balances. */
export class CreditsBalanceErrorEvent extends CreditsEvent<BalanceError> {
  constructor(detail: BalanceError) {
    super("credits-balance-error", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-top-up-request": CreditsTopUpRequestEvent;
    "credits-balance-load": CreditsBalanceLoadEvent;
    "credits-balance-error": CreditsBalanceErrorEvent;
  }
}
