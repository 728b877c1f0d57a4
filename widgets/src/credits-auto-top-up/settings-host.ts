import type { CreditsAutoTopUpState } from "./credits-auto-top-up.types.ts";

/** The element that the settings are made in. */
export interface SettingsHost extends HTMLElement {
  creditType: string | undefined;
  resource: string | undefined;
  return: "dialog" | "tab" | "redirect" | undefined;
  state: CreditsAutoTopUpState;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
}
