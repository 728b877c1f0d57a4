import type { WidgetGrant } from "@credits-kit/client/widget";
import type { ListChoice } from "../list/list-view.ts";
import { CreditsEvent } from "../ui/credits-event.ts";
import type {
  GrantActor,
  GrantCategory,
  GrantDate,
  GrantGrouping,
  GrantOrder,
  GrantStatus,
} from "./credits-grants-table.types.ts";

export interface GrantsTableChoice extends ListChoice {
  /** Absent: all of them. */
  status: GrantStatus | undefined;
  category: GrantCategory | undefined;
  actor: GrantActor | undefined;
  /** What `from` and `to` are dates of. */
  dateField: GrantDate | undefined;
  sort: GrantOrder;
  groupBy: GrantGrouping | undefined;
}

/** A person chose a filter, an order, a grouping or a page size; the properties have followed. */
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
