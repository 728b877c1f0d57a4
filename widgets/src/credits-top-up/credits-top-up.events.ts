import { CreditsEvent } from "../ui/credits-event.ts";

export { CreditsTopUpRequestEvent, type TopUpRequest } from "../credits-balance/credits-balance.events.ts";

export interface TopUpProgress {
  topUpId: string;
  creditTypeId: string;
  resourceId: string | null;
  /** How many credits, a decimal string. */
  credits: string;
}

/** An order exists, and its payment has begun. */
export class CreditsTopUpStartedEvent extends CreditsEvent<TopUpProgress> {
  constructor(detail: TopUpProgress) {
    super("credits-top-up-started", detail);
  }
}

/** An order is paid: its credits are in the pool. */
export class CreditsTopUpSucceededEvent extends CreditsEvent<TopUpProgress> {
  constructor(detail: TopUpProgress) {
    super("credits-top-up-succeeded", detail);
  }
}

export interface TopUpFault {
  /** A stable code: one of the API's, or `card_declined`, `expired`, `void`. */
  code: string;
  /** What the card's bank said. */
  declineCode: string | null;
  /** The order, where there is one. */
  topUpId: string | undefined;
}

/** An order was not paid, or could not be made. */
export class CreditsTopUpFailedEvent extends CreditsEvent<TopUpFault> {
  constructor(detail: TopUpFault) {
    super("credits-top-up-failed", detail);
  }
}

/** The dialog of a `modal` element was closed. */
export class CreditsTopUpCloseEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-top-up-close", undefined);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-top-up-close": CreditsTopUpCloseEvent;
    "credits-top-up-started": CreditsTopUpStartedEvent;
    "credits-top-up-succeeded": CreditsTopUpSucceededEvent;
    "credits-top-up-failed": CreditsTopUpFailedEvent;
  }
}
