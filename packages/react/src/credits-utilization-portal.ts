// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
import "@credits-kit/widgets/credits-utilization-portal/define";
import type {
  CreditsAutoTopUpChangeEvent,
  CreditsGrantRequestEvent,
  CreditsNotificationsChangeEvent,
  CreditsPaymentMethodsChangeEvent,
  CreditsSessionExpiredEvent,
  CreditsTopUpFailedEvent,
  CreditsTopUpRequestEvent,
  CreditsTopUpStartedEvent,
  CreditsTopUpSucceededEvent,
  CreditsUtilizationPortalChangeEvent,
  CreditsUtilizationPortalErrorEvent,
  CreditsUtilizationPortalLoadEvent,
} from "@credits-kit/widgets";
import { CreditsUtilizationPortal as CreditsUtilizationPortalElement } from "@credits-kit/widgets/credits-utilization-portal";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

/** What listens to the events of `<credits-utilization-portal>`. */
export interface CreditsUtilizationPortalListeners {
  /** A person opened another tab. */
  onUtilizationPortalChange?: (event: CreditsUtilizationPortalChangeEvent) => void;
  /** "Top up" was pressed; cancelable: the page then sells itself. */
  onTopUpRequest?: (event: CreditsTopUpRequestEvent) => void;
  /** A person set what they want to be told of. */
  onNotificationsChange?: (event: CreditsNotificationsChangeEvent) => void;
  /** Cards were added, removed or made the default. */
  onPaymentMethodsChange?: (event: CreditsPaymentMethodsChangeEvent) => void;
  /** It shows credits for the first time, or again after an error. */
  onUtilizationPortalLoad?: (event: CreditsUtilizationPortalLoadEvent) => void;
  /** It cannot; `detail.code` tells why. */
  onUtilizationPortalError?: (event: CreditsUtilizationPortalErrorEvent) => void;
  /** In the purchase that it opens: an order exists, its payment has begun. */
  onTopUpStarted?: (event: CreditsTopUpStartedEvent) => void;
  /** In that purchase: the order is paid, its credits are in the pool. */
  onTopUpSucceeded?: (event: CreditsTopUpSucceededEvent) => void;
  /** In that purchase: the order was not paid; `detail.code` tells why. */
  onTopUpFailed?: (event: CreditsTopUpFailedEvent) => void;
  /** In the settings: auto top-up was set, switched or removed. */
  onAutoTopUpChange?: (event: CreditsAutoTopUpChangeEvent) => void;
  /** In the ledger: the grant of an entry was pressed; cancelable. */
  onGrantRequest?: (event: CreditsGrantRequestEvent) => void;
  /** The `sessionToken` is over; set another one. */
  onSessionExpired?: (event: CreditsSessionExpiredEvent) => void;
}

/** The properties of `<credits-utilization-portal>`, its listeners, and what every element takes. */
export type CreditsUtilizationPortalProps = WrapperProps<
  CreditsUtilizationPortalElement,
  | "creditType"
  | "resource"
  | "tab"
  | "hide"
  | "linkTabs"
  | "timeZone"
  | "fractionDigits"
  | "hideUnit"
  | "topUp"
  | "dimensions"
  | "sessionUrl"
  | "apiBase"
  | "customer"
  | "fetchSession"
  | "sessionToken"
  | "theme"
  | "appearance"
  | "localization",
  CreditsUtilizationPortalListeners
>;

/** A whole page about credits: how much is left and until when, usage, grants, ledger, plan and billing, settings. */
export const CreditsUtilizationPortal: Wrapper<
  CreditsUtilizationPortalElement,
  CreditsUtilizationPortalProps
> = createComponent({
  tagName: "credits-utilization-portal",
  elementClass: withProperties(CreditsUtilizationPortalElement),
  react: React,
  events: {
    onUtilizationPortalChange: named<CreditsUtilizationPortalChangeEvent>(
      "credits-utilization-portal-change",
    ),
    onTopUpRequest: named<CreditsTopUpRequestEvent>("credits-top-up-request"),
    onNotificationsChange: named<CreditsNotificationsChangeEvent>("credits-notifications-change"),
    onPaymentMethodsChange: named<CreditsPaymentMethodsChangeEvent>("credits-payment-methods-change"),
    onUtilizationPortalLoad: named<CreditsUtilizationPortalLoadEvent>("credits-utilization-portal-load"),
    onUtilizationPortalError: named<CreditsUtilizationPortalErrorEvent>("credits-utilization-portal-error"),
    onTopUpStarted: named<CreditsTopUpStartedEvent>("credits-top-up-started"),
    onTopUpSucceeded: named<CreditsTopUpSucceededEvent>("credits-top-up-succeeded"),
    onTopUpFailed: named<CreditsTopUpFailedEvent>("credits-top-up-failed"),
    onAutoTopUpChange: named<CreditsAutoTopUpChangeEvent>("credits-auto-top-up-change"),
    onGrantRequest: named<CreditsGrantRequestEvent>("credits-grant-request"),
    onSessionExpired: named<CreditsSessionExpiredEvent>("credits-session-expired"),
  },
  displayName: "CreditsUtilizationPortal",
});
