import { CreditsEvent } from "../ui/credits-event.ts";

/** Between `<credits-session>` and the elements inside it: its options changed. */
export const SESSION_CHANGE = "credits-session-change";

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
