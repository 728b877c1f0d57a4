import type { WidgetClientOptions } from "@credits-kit/client/widget";
import type { Stale } from "../session/hub.ts";

/** What can be said of an answer that did not come. `forbidden`: the session may not see it. */
export interface Failed {
  type: "error" | "forbidden";
  code: string;
  requestId?: string | undefined;
  retryable: boolean;
  /** A try is under way. */
  retrying: boolean;
}

/** Everything that an element which draws an answer of the API can show; impossible combinations cannot be written down. */
export type FeedState<Data> =
  | { type: "loading" }
  | Failed
  | {
      type: "loaded";
      data: Data;
      /** The answer to another question is on its way; meanwhile the last one is shown. */
      refreshing?: boolean;
      stale?: Stale | undefined;
    };

/** A question to the API. Questions of the same key have the same answer, and are asked once for all of a page. */
export interface Question<Data> {
  readonly key: string;
  ask(options: WidgetClientOptions, signal: AbortSignal): Promise<Data>;
}
