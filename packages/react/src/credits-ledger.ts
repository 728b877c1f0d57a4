// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
import "@credits-kit/widgets/credits-ledger/define";
import type {
  CreditsGrantRequestEvent,
  CreditsLedgerChangeEvent,
  CreditsLedgerErrorEvent,
  CreditsLedgerLoadEvent,
  CreditsSessionExpiredEvent,
} from "@credits-kit/widgets";
import { CreditsLedger as CreditsLedgerElement } from "@credits-kit/widgets/credits-ledger";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

/** What listens to the events of `<credits-ledger>`. */
export interface CreditsLedgerListeners {
  /** A person chose a filter, a grouping or a page size. */
  onLedgerChange?: (event: CreditsLedgerChangeEvent) => void;
  /** Entries are shown for the first time, or again after an error. */
  onLedgerLoad?: (event: CreditsLedgerLoadEvent) => void;
  /** Entries cannot be shown; `detail.code` tells why. */
  onLedgerError?: (event: CreditsLedgerErrorEvent) => void;
  /** The grant of an entry was pressed; cancelable: without that, its entries are shown. */
  onGrantRequest?: (event: CreditsGrantRequestEvent) => void;
  /** The `sessionToken` is over; set another one. */
  onSessionExpired?: (event: CreditsSessionExpiredEvent) => void;
}

/** The properties of `<credits-ledger>`, its listeners, and what every element takes. */
export type CreditsLedgerProps = WrapperProps<
  CreditsLedgerElement,
  | "type"
  | "feature"
  | "user"
  | "grant"
  | "groupBy"
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
  CreditsLedgerListeners
>;

/** Shows every movement of a customer's credits: when, why, how much, and the balance after it. */
export const CreditsLedger: Wrapper<CreditsLedgerElement, CreditsLedgerProps> = createComponent({
  tagName: "credits-ledger",
  elementClass: withProperties(CreditsLedgerElement),
  react: React,
  events: {
    onLedgerChange: named<CreditsLedgerChangeEvent>("credits-ledger-change"),
    onLedgerLoad: named<CreditsLedgerLoadEvent>("credits-ledger-load"),
    onLedgerError: named<CreditsLedgerErrorEvent>("credits-ledger-error"),
    onGrantRequest: named<CreditsGrantRequestEvent>("credits-grant-request"),
    onSessionExpired: named<CreditsSessionExpiredEvent>("credits-session-expired"),
  },
  displayName: "CreditsLedger",
});
