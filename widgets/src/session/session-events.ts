import { CreditsEvent } from "../ui/credits-event.ts";

/** The session token that the host page set is over; it cannot be renewed, so the page should set another. */
export class CreditsSessionExpiredEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-session-expired", undefined);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-session-expired": CreditsSessionExpiredEvent;
  }
}
