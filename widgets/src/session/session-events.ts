/** The session token that the host page set is over; it cannot be renewed, so the page should set another. */
export class CreditsSessionExpiredEvent extends Event {
  static readonly eventName = "credits-session-expired";

  constructor() {
    super(CreditsSessionExpiredEvent.eventName, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    [CreditsSessionExpiredEvent.eventName]: CreditsSessionExpiredEvent;
  }
}
