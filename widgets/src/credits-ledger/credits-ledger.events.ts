import type { LedgerGrouping, WidgetLedgerEntry } from "@credits-kit/client/widget";
import type { ListChoice } from "../list/list-view.ts";
import { CreditsEvent } from "../ui/credits-event.ts";
import type { EntryType } from "./credits-ledger.types.ts";

export interface LedgerChoice extends ListChoice {
  /** Absent: all of them. */
  type: EntryType | undefined;
  feature: string | undefined;
  user: string | undefined;
  /** The entries of this grant only. */
  grant: string | undefined;
  groupBy: LedgerGrouping | undefined;
}

/** A person chose a filter, a grouping or a page size; the properties have followed. */
export class CreditsLedgerChangeEvent extends CreditsEvent<LedgerChoice> {
  constructor(detail: LedgerChoice) {
    super("credits-ledger-change", detail);
  }
}

/** Entries are shown for the first time, or again after an error. */
export class CreditsLedgerLoadEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-ledger-load", undefined);
  }
}

export interface LedgerError {
  /** A stable code: one of the API's, or one of the session's. */
  code: string;
  /** Names the request in the server's logs, where it got that far. */
  requestId?: string | undefined;
  /** Whether trying again can help. */
  retryable: boolean;
}

/** Entries cannot be shown. */
export class CreditsLedgerErrorEvent extends CreditsEvent<LedgerError> {
  constructor(detail: LedgerError) {
    super("credits-ledger-error", detail);
  }
}

/** A person wants to see the grant that an entry is about. Unless canceled, the element shows that grant's entries. */
export class CreditsGrantRequestEvent extends CreditsEvent<{ grantId: string; entry: WidgetLedgerEntry }> {
  constructor(detail: { grantId: string; entry: WidgetLedgerEntry }) {
    super("credits-grant-request", detail, true);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-ledger-change": CreditsLedgerChangeEvent;
    "credits-ledger-load": CreditsLedgerLoadEvent;
    "credits-ledger-error": CreditsLedgerErrorEvent;
    "credits-grant-request": CreditsGrantRequestEvent;
  }
}
