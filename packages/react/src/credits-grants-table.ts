// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
import "@credits-kit/widgets/credits-grants-table/define";
import type {
  CreditsGrantSelectEvent,
  CreditsGrantsTableChangeEvent,
  CreditsGrantsTableErrorEvent,
  CreditsGrantsTableLoadEvent,
  CreditsSessionExpiredEvent,
} from "@credits-kit/widgets";
import { CreditsGrantsTable as CreditsGrantsTableElement } from "@credits-kit/widgets/credits-grants-table";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

/** What listens to the events of `<credits-grants-table>`. */
export interface CreditsGrantsTableListeners {
  /** A person chose a filter, an order, a grouping or a page size. */
  onGrantsTableChange?: (event: CreditsGrantsTableChangeEvent) => void;
  /** Grants are shown for the first time, or again after an error. */
  onGrantsTableLoad?: (event: CreditsGrantsTableLoadEvent) => void;
  /** Grants cannot be shown; `detail.code` tells why. */
  onGrantsTableError?: (event: CreditsGrantsTableErrorEvent) => void;
  /** The button of a row was pressed; `detail.grant` is its grant. */
  onGrantSelect?: (event: CreditsGrantSelectEvent) => void;
  /** The `sessionToken` is over; set another one. */
  onSessionExpired?: (event: CreditsSessionExpiredEvent) => void;
}

/** The properties of `<credits-grants-table>`, its listeners, and what every element takes. */
export type CreditsGrantsTableProps = WrapperProps<
  CreditsGrantsTableElement,
  | "status"
  | "category"
  | "actor"
  | "dateField"
  | "sort"
  | "groupBy"
  | "selectable"
  | "pageSize"
  | "source"
  | "from"
  | "to"
  | "creditType"
  | "resource"
  | "timeZone"
  | "fractionDigits"
  | "hideUnit"
  | "state"
  | "sessionUrl"
  | "apiBase"
  | "customer"
  | "fetchSession"
  | "sessionToken"
  | "theme"
  | "appearance"
  | "localization",
  CreditsGrantsTableListeners
>;

/** Shows the credits that a customer was granted: what is left of each, where it came from and when it expires. */
export const CreditsGrantsTable: Wrapper<CreditsGrantsTableElement, CreditsGrantsTableProps> =
  createComponent({
    tagName: "credits-grants-table",
    elementClass: withProperties(CreditsGrantsTableElement),
    react: React,
    events: {
      onGrantsTableChange: named<CreditsGrantsTableChangeEvent>("credits-grants-table-change"),
      onGrantsTableLoad: named<CreditsGrantsTableLoadEvent>("credits-grants-table-load"),
      onGrantsTableError: named<CreditsGrantsTableErrorEvent>("credits-grants-table-error"),
      onGrantSelect: named<CreditsGrantSelectEvent>("credits-grant-select"),
      onSessionExpired: named<CreditsSessionExpiredEvent>("credits-session-expired"),
    },
    displayName: "CreditsGrantsTable",
  });
