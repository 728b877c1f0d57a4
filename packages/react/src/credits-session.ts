// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
import "@credits-kit/widgets/credits-session/define";
import type { CreditsSessionExpiredEvent } from "@credits-kit/widgets";
import { CreditsSession as CreditsSessionElement } from "@credits-kit/widgets/credits-session";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

/** What listens to the events of `<credits-session>`. */
export interface CreditsSessionListeners {
  /** The `sessionToken` is over; set another one. */
  onSessionExpired?: (event: CreditsSessionExpiredEvent) => void;
}

/** The properties of `<credits-session>`, its listeners, and what every element takes. */
export type CreditsSessionProps = WrapperProps<
  CreditsSessionElement,
  | "sessionUrl"
  | "apiBase"
  | "customer"
  | "fetchSession"
  | "sessionToken"
  | "theme"
  | "appearance"
  | "localization",
  CreditsSessionListeners
>;

/** Gives one session to every credits element inside it. */
export const CreditsSession: Wrapper<CreditsSessionElement, CreditsSessionProps> = createComponent({
  tagName: "credits-session",
  elementClass: withProperties(CreditsSessionElement),
  react: React,
  events: {
    onSessionExpired: named<CreditsSessionExpiredEvent>("credits-session-expired"),
  },
  displayName: "CreditsSession",
});
