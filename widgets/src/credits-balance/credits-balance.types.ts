import type { WidgetBalance } from "@credits-kit/client/widget";

/** What the element shows may be old: the connection is lost. */
export interface Stale {
  /** When the server was last heard of. */
  sinceMs: number;
  retryable: boolean;
  retrying: boolean;
}

/** Everything the element can show; impossible combinations cannot be written down. */
export type CreditsBalanceState =
  | { type: "loading" }
  | { type: "error"; code: string; retryable: boolean; retrying: boolean; requestId?: string | undefined }
  /** The session may not see balances. */
  | { type: "forbidden" }
  /** There is no pool, or none that ever had credits. */
  | { type: "empty"; canTopUp: boolean; stale?: Stale | undefined }
  | { type: "loaded"; pools: readonly WidgetBalance[]; canTopUp: boolean; stale?: Stale | undefined };
