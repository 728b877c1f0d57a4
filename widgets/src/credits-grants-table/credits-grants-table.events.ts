import type { WidgetGrant } from "@credits-kit/client/widget";
import { CreditsEvent } from "../ui/credits-event.ts";
import type { GrantCategory, GrantOrder, GrantStatus } from "./credits-grants-table.types.ts";

export interface GrantsTableChoice {
  /** Absent: all of them. */
  status: GrantStatus | undefined;
  category: GrantCategory | undefined;
  sort: GrantOrder;
  pageSize: number;
}

/** A person chose a filter, an order or a page size; the properties have followed. */
export class CreditsGrantsTableChangeEvent extends CreditsEvent<GrantsTableChoice> {
  constructor(detail: GrantsTableChoice) {
    super("credits-grants-table-change", detail);
  }
}

/** Grants are shown for the first time, or again after an error. */
export class CreditsGrantsTableLoadEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-grants-table-load", undefined);
  }
}

export interface GrantsTableError {
  /** A stable code: one of the API's, or one of the session's. */
  code: string;
  /** Names the request in the server's logs, where it got that far. */
  requestId?: string | undefined;
  /** Whether trying again can help. */
  retryable: boolean;
}

/** Grants cannot be shown. */
export class CreditsGrantsTableErrorEvent extends CreditsEvent<GrantsTableError> {
  constructor(detail: GrantsTableError) {
    super("credits-grants-table-error", detail);
  }
}

/** A person pressed the button of a row, which a `selectable` table has. */
export class CreditsGrantSelectEvent extends CreditsEvent<{ grant: WidgetGrant }> {
  constructor(detail: { grant: WidgetGrant }) {
    super("credits-grant-select", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-grants-table-change": CreditsGrantsTableChangeEvent;
    "credits-grants-table-load": CreditsGrantsTableLoadEvent;
    "credits-grants-table-error": CreditsGrantsTableErrorEvent;
    "credits-grant-select": CreditsGrantSelectEvent;
  }
}
