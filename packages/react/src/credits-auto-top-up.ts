// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
import "@credits-kit/widgets/credits-auto-top-up/define";
import type {
  CreditsAutoTopUpCardEvent,
  CreditsAutoTopUpChangeEvent,
  CreditsAutoTopUpCloseEvent,
  CreditsAutoTopUpErrorEvent,
  CreditsSessionExpiredEvent,
} from "@credits-kit/widgets";
import { CreditsAutoTopUp as CreditsAutoTopUpElement } from "@credits-kit/widgets/credits-auto-top-up";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

/** What listens to the events of `<credits-auto-top-up>`. */
export interface CreditsAutoTopUpListeners {
  /** It was set, switched or removed. */
  onAutoTopUpChange?: (event: CreditsAutoTopUpChangeEvent) => void;
  /** A card was added, and is charged from now on. */
  onAutoTopUpCard?: (event: CreditsAutoTopUpCardEvent) => void;
  /** It could not be loaded or changed; `detail.code` tells why. */
  onAutoTopUpError?: (event: CreditsAutoTopUpErrorEvent) => void;
  /** The dialog of a `modal` element was closed. */
  onAutoTopUpClose?: (event: CreditsAutoTopUpCloseEvent) => void;
  /** The `sessionToken` is over; set another one. */
  onSessionExpired?: (event: CreditsSessionExpiredEvent) => void;
}

/** The properties of `<credits-auto-top-up>`, its listeners, and what every element takes. */
export type CreditsAutoTopUpProps = WrapperProps<
  CreditsAutoTopUpElement,
  | "creditType"
  | "resource"
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
  CreditsAutoTopUpListeners
>;

/** Settings and status of a pool's auto top-up: when it buys, how much, from which card, within which limit. */
export const CreditsAutoTopUp: Wrapper<CreditsAutoTopUpElement, CreditsAutoTopUpProps> = createComponent({
  tagName: "credits-auto-top-up",
  elementClass: withProperties(CreditsAutoTopUpElement),
  react: React,
  events: {
    onAutoTopUpChange: named<CreditsAutoTopUpChangeEvent>("credits-auto-top-up-change"),
    onAutoTopUpCard: named<CreditsAutoTopUpCardEvent>("credits-auto-top-up-card"),
    onAutoTopUpError: named<CreditsAutoTopUpErrorEvent>("credits-auto-top-up-error"),
    onAutoTopUpClose: named<CreditsAutoTopUpCloseEvent>("credits-auto-top-up-close"),
    onSessionExpired: named<CreditsSessionExpiredEvent>("credits-session-expired"),
  },
  displayName: "CreditsAutoTopUp",
});
