import type { WidgetBalance } from "@credits-kit/client/widget";
import type { HubState, Stale } from "../session/hub.ts";

export type { Stale };

/** Everything the element can show; impossible combinations cannot be written down. */
export type CreditsBalanceState =
  | { type: "loading" }
  | Extract<HubState, { code: string }>
  /** There is no pool, or none that ever had credits. */
  | { type: "empty"; canTopUp: boolean; stale?: Stale | undefined }
  | {
      type: "loaded";
      pools: readonly WidgetBalance[];
      canTopUp: boolean;
      /** Whether the way to the auto top-up belongs here. */
      canChangeSettings?: boolean;
      stale?: Stale | undefined;
    };

/** How a pool stands. */
export type Level = "ok" | "low" | "depleted" | "over";
