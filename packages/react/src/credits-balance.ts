// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
import "@credits-kit/widgets/credits-balance/define";
import type {
  CreditsAutoTopUpChangeEvent,
  CreditsAutoTopUpRequestEvent,
  CreditsBalanceErrorEvent,
  CreditsBalanceLoadEvent,
  CreditsHistoryRequestEvent,
  CreditsSessionExpiredEvent,
  CreditsTopUpFailedEvent,
  CreditsTopUpRequestEvent,
  CreditsTopUpStartedEvent,
  CreditsTopUpSucceededEvent,
} from "@credits-kit/widgets";
import { CreditsBalance as CreditsBalanceElement } from "@credits-kit/widgets/credits-balance";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

/** What listens to the events of `<credits-balance>`. */
export interface CreditsBalanceListeners {
  /** "Top up" was pressed; cancelable: the page then sells itself. */
  onTopUpRequest?: (event: CreditsTopUpRequestEvent) => void;
  /** The link to all entries was followed; cancelable. */
  onHistoryRequest?: (event: CreditsHistoryRequestEvent) => void;
  /** The way to the auto top-up was pressed; cancelable. */
  onAutoTopUpRequest?: (event: CreditsAutoTopUpRequestEvent) => void;
  /** Balances are shown for the first time, or again after an error. */
  onBalanceLoad?: (event: CreditsBalanceLoadEvent) => void;
  /** Balances cannot be shown; `detail.code` tells why. */
  onBalanceError?: (event: CreditsBalanceErrorEvent) => void;
  /** In the purchase that it opens: an order exists, its payment has begun. */
  onTopUpStarted?: (event: CreditsTopUpStartedEvent) => void;
  /** In that purchase: the order is paid, its credits are in the pool. */
  onTopUpSucceeded?: (event: CreditsTopUpSucceededEvent) => void;
  /** In that purchase: the order was not paid; `detail.code` tells why. */
  onTopUpFailed?: (event: CreditsTopUpFailedEvent) => void;
  /** In the settings that it opens: auto top-up was set, switched or removed. */
  onAutoTopUpChange?: (event: CreditsAutoTopUpChangeEvent) => void;
  /** The `sessionToken` is over; set another one. */
  onSessionExpired?: (event: CreditsSessionExpiredEvent) => void;
}

/** The properties of `<credits-balance>`, its listeners, and what every element takes. */
export type CreditsBalanceProps = WrapperProps<
  CreditsBalanceElement,
  | "creditType"
  | "resource"
  | "variant"
  | "historyUrl"
  | "timeZone"
  | "fractionDigits"
  | "hideUnit"
  | "topUp"
  | "state"
  | "sessionUrl"
  | "apiBase"
  | "customer"
  | "fetchSession"
  | "sessionToken"
  | "theme"
  | "appearance"
  | "localization",
  CreditsBalanceListeners
>;

/** Shows a customer's credits, live: what is left, what is held, when it runs low. */
export const CreditsBalance: Wrapper<CreditsBalanceElement, CreditsBalanceProps> = createComponent({
  tagName: "credits-balance",
  elementClass: withProperties(CreditsBalanceElement),
  react: React,
  events: {
    onTopUpRequest: named<CreditsTopUpRequestEvent>("credits-top-up-request"),
    onHistoryRequest: named<CreditsHistoryRequestEvent>("credits-history-request"),
    onAutoTopUpRequest: named<CreditsAutoTopUpRequestEvent>("credits-auto-top-up-request"),
    onBalanceLoad: named<CreditsBalanceLoadEvent>("credits-balance-load"),
    onBalanceError: named<CreditsBalanceErrorEvent>("credits-balance-error"),
    onTopUpStarted: named<CreditsTopUpStartedEvent>("credits-top-up-started"),
    onTopUpSucceeded: named<CreditsTopUpSucceededEvent>("credits-top-up-succeeded"),
    onTopUpFailed: named<CreditsTopUpFailedEvent>("credits-top-up-failed"),
    onAutoTopUpChange: named<CreditsAutoTopUpChangeEvent>("credits-auto-top-up-change"),
    onSessionExpired: named<CreditsSessionExpiredEvent>("credits-session-expired"),
  },
  displayName: "CreditsBalance",
});
