export interface TopUpRequest {
  /** The credit type to buy; absent when the customer has no pool yet and the element names no type. */
  creditTypeId: string | undefined;
  /** The pool's resource; null is the default pool. */
  resourceId: string | null;
}

/** A person pressed "Top up". The page may cancel it to say that it opens its own purchase flow. */
export class CreditsTopUpRequestEvent extends Event {
  static readonly eventName = "credits-top-up-request";
  readonly detail: TopUpRequest;

  constructor(detail: TopUpRequest) {
    super(CreditsTopUpRequestEvent.eventName, { bubbles: true, composed: true, cancelable: true });
    this.detail = detail;
  }
}

/** The element shows balances for the first time, or again after an error. */
export class CreditsBalanceLoadEvent extends Event {
  static readonly eventName = "credits-balance-load";

  constructor() {
    super(CreditsBalanceLoadEvent.eventName, { bubbles: true, composed: true });
  }
}

export interface BalanceError {
  /** A stable code: one of the API's, or one of the session's. */
  code: string;
  /** Whether trying again can help. */
  retryable: boolean;
  /** Names the request in the server's logs, where it got that far. */
  requestId: string | undefined;
}

/** The element cannot show balances. */
export class CreditsBalanceErrorEvent extends Event {
  static readonly eventName = "credits-balance-error";
  readonly detail: BalanceError;

  constructor(detail: BalanceError) {
    super(CreditsBalanceErrorEvent.eventName, { bubbles: true, composed: true });
    this.detail = detail;
  }
}

declare global {
  interface HTMLElementEventMap {
    [CreditsTopUpRequestEvent.eventName]: CreditsTopUpRequestEvent;
    [CreditsBalanceLoadEvent.eventName]: CreditsBalanceLoadEvent;
    [CreditsBalanceErrorEvent.eventName]: CreditsBalanceErrorEvent;
  }
}
