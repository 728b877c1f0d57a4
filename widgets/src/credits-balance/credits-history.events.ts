import { CreditsEvent } from "../ui/credits-event.ts";

export interface HistoryRequest {
  creditTypeId: string;
  /** The pool's resource; null is the default pool. */
  resourceId: string | null;
}

/** A person followed the link to all entries of a pool. The page may cancel it to say that it goes there by itself. */
export class CreditsHistoryRequestEvent extends CreditsEvent<HistoryRequest> {
  constructor(detail: HistoryRequest) {
    super("credits-history-request", detail, true);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-history-request": CreditsHistoryRequestEvent;
  }
}
