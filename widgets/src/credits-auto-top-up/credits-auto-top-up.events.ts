import { CreditsEvent } from "../ui/credits-event.ts";

export interface AutoTopUpPoolDetail {
  creditTypeId: string;
  /** The pool's resource; null is the default pool. */
  resourceId: string | null;
}

/** The entry to the settings was pressed. The page may cancel it to say that it opens settings of its own. */
export class CreditsAutoTopUpRequestEvent extends CreditsEvent<AutoTopUpPoolDetail> {
  constructor(detail: AutoTopUpPoolDetail) {
    super("credits-auto-top-up-request", detail, true);
  }
}

export interface AutoTopUpChange extends AutoTopUpPoolDetail {
  /** Whether it buys from now on. */
  enabled: boolean;
  /** Whether it is set at all: a removed one is not. */
  isSet: boolean;
}

/** The person has set, switched or removed the auto top-up of a pool, and the server has it. */
export class CreditsAutoTopUpChangeEvent extends CreditsEvent<AutoTopUpChange> {
  constructor(detail: AutoTopUpChange) {
    super("credits-auto-top-up-change", detail);
  }
}

/** A card was added, and is charged from now on. */
export class CreditsAutoTopUpCardEvent extends CreditsEvent<AutoTopUpPoolDetail> {
  constructor(detail: AutoTopUpPoolDetail) {
    super("credits-auto-top-up-card", detail);
  }
}

export interface AutoTopUpError {
  /** A stable code of the API's. */
  code: string;
  requestId: string | undefined;
}

/** The settings could not be loaded, or not be changed. */
export class CreditsAutoTopUpErrorEvent extends CreditsEvent<AutoTopUpError> {
  constructor(detail: AutoTopUpError) {
    super("credits-auto-top-up-error", detail);
  }
}

/** The dialog of a `modal` element was closed. */
export class CreditsAutoTopUpCloseEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-auto-top-up-close", undefined);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-auto-top-up-request": CreditsAutoTopUpRequestEvent;
    "credits-auto-top-up-change": CreditsAutoTopUpChangeEvent;
    "credits-auto-top-up-card": CreditsAutoTopUpCardEvent;
    "credits-auto-top-up-error": CreditsAutoTopUpErrorEvent;
    "credits-auto-top-up-close": CreditsAutoTopUpCloseEvent;
  }
}
