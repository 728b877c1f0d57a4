import type { StreamMessage } from "@credits-kit/client/widget";
import type { ApiError } from "@credits-kit/client/widget/session";

/** Who hears of what a stream brings. */
export interface StreamListener {
  /** Anything came; a heartbeat, too, proves that what is shown is current. */
  received(message: StreamMessage): void;
  /** The stream is closed and will be opened again, unless trying again cannot help. */
  lost(error: ApiError | undefined): void;
}
