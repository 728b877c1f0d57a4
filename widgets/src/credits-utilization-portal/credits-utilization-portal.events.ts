import { CreditsEvent } from "../ui/credits-event.ts";
import type { PortalTab } from "./credits-utilization-portal.types.ts";

/** A person opened another tab; the property `tab` has followed. */
export class CreditsUtilizationPortalChangeEvent extends CreditsEvent<{ tab: PortalTab }> {
  constructor(detail: { tab: PortalTab }) {
    super("credits-utilization-portal-change", detail);
  }
}

/** The customer's credits are shown for the first time, or again after an error. */
export class CreditsUtilizationPortalLoadEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-utilization-portal-load", undefined);
  }
}

export interface UtilizationPortalError {
  /** A stable code: one of the API's, or one of the session's. */
  code: string;
  /** Names the request in the server's logs, where it got that far. */
  requestId?: string | undefined;
  /** Whether trying again can help. */
  retryable: boolean;
}

/** The credits cannot be shown. A part that fails alone says so itself. */
export class CreditsUtilizationPortalErrorEvent extends CreditsEvent<UtilizationPortalError> {
  constructor(detail: UtilizationPortalError) {
    super("credits-utilization-portal-error", detail);
  }
}

/** A person set what they want to be told of. */
export class CreditsNotificationsChangeEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-notifications-change", undefined);
  }
}

/** Cards were added, removed or made the default. */
export class CreditsPaymentMethodsChangeEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-payment-methods-change", undefined);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-utilization-portal-change": CreditsUtilizationPortalChangeEvent;
    "credits-utilization-portal-load": CreditsUtilizationPortalLoadEvent;
    "credits-utilization-portal-error": CreditsUtilizationPortalErrorEvent;
    "credits-notifications-change": CreditsNotificationsChangeEvent;
    "credits-payment-methods-change": CreditsPaymentMethodsChangeEvent;
  }
}
