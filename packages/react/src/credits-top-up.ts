// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
import "@credits-kit/widgets/credits-top-up/define";
import type {
  CreditsSessionExpiredEvent,
  CreditsTopUpCloseEvent,
  CreditsTopUpFailedEvent,
  CreditsTopUpRequestEvent,
  CreditsTopUpStartedEvent,
  CreditsTopUpSucceededEvent,
} from "@credits-kit/widgets";
import { CreditsTopUp as CreditsTopUpElement } from "@credits-kit/widgets/credits-top-up";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

/** What listens to the events of `<credits-top-up>`. */
export interface CreditsTopUpListeners {
  /** "Pay" was pressed; cancelable. */
  onTopUpRequest?: (event: CreditsTopUpRequestEvent) => void;
  /** An order exists, and its payment has begun. */
  onTopUpStarted?: (event: CreditsTopUpStartedEvent) => void;
  /** The order is paid, its credits are in the pool. */
  onTopUpSucceeded?: (event: CreditsTopUpSucceededEvent) => void;
  /** The order was not paid; `detail.code` tells why. */
  onTopUpFailed?: (event: CreditsTopUpFailedEvent) => void;
  /** The dialog of a `modal` element was closed. */
  onTopUpClose?: (event: CreditsTopUpCloseEvent) => void;
  /** The `sessionToken` is over; set another one. */
  onSessionExpired?: (event: CreditsSessionExpiredEvent) => void;
}

/** The properties of `<credits-top-up>`, its listeners, and what every element takes. */
export type CreditsTopUpProps = WrapperProps<
  CreditsTopUpElement,
  | "creditType"
  | "resource"
  | "currency"
  | "credits"
  | "return"
  | "state"
  | "modal"
  | "sessionUrl"
  | "apiBase"
  | "customer"
  | "fetchSession"
  | "sessionToken"
  | "theme"
  | "appearance"
  | "localization",
  CreditsTopUpListeners
>;

/** Sells credits: amounts, the price, and the payment without leaving the page. */
export const CreditsTopUp: Wrapper<CreditsTopUpElement, CreditsTopUpProps> = createComponent({
  tagName: "credits-top-up",
  elementClass: withProperties(CreditsTopUpElement),
  react: React,
  events: {
    onTopUpRequest: named<CreditsTopUpRequestEvent>("credits-top-up-request"),
    onTopUpStarted: named<CreditsTopUpStartedEvent>("credits-top-up-started"),
    onTopUpSucceeded: named<CreditsTopUpSucceededEvent>("credits-top-up-succeeded"),
    onTopUpFailed: named<CreditsTopUpFailedEvent>("credits-top-up-failed"),
    onTopUpClose: named<CreditsTopUpCloseEvent>("credits-top-up-close"),
    onSessionExpired: named<CreditsSessionExpiredEvent>("credits-session-expired"),
  },
  displayName: "CreditsTopUp",
});
