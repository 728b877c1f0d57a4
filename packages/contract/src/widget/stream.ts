import type { WidgetBalance, WidgetBalances } from "./balances.ts";

/**
 * What `GET /widget/stream` sends, by SSE event name. `snapshot` comes first and after every reconnect; `pool` whenever
 * a pool changed (drop it when its `seq` is older than what is shown); `resync` when names or thresholds changed;
 * `bye` before the server closes. Comments arrive every `STREAM_HEARTBEAT_MS` so that silence can be noticed.
 */
export interface StreamEvents {
  snapshot: WidgetBalances;
  pool: WidgetBalance;
  resync: Record<string, never>;
  bye: { reconnectInMs: number };
}

/** How often the stream sends a comment when it has nothing else to say. */
export const STREAM_HEARTBEAT_MS = 15_000;
