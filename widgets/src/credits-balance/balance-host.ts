import type { Opener } from "../paying/open-inside.ts";
import type { CreditsBalanceState } from "./credits-balance.types.ts";

/** What files that come later see of the balance that loads them. */
export type BalanceHost = Opener & {
  readonly state: CreditsBalanceState;
  readonly variant: "card" | "compact" | "utilization" | undefined;
  readonly topUp: "off" | undefined;
  readonly creditType: string | undefined;
  readonly resource: string | undefined;
  readonly historyUrl: string | undefined;
  readonly timeZone: string | undefined;
  readonly fractionDigits: number | null | undefined;
};
