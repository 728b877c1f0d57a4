import { ApiError } from "./api-error.ts";
import { send, type WidgetClientOptions } from "./send.ts";
import { readMessages } from "./stream-messages.ts";

/** `openStream` alone, for pages that count bytes. */
export function openStream(options: WidgetClientOptions, signal?: AbortSignal) {
  const read = async ({ body }: Response) => {
    if (!body) throw new ApiError({ code: "unexpected_answer" });
    return readMessages(body, signal);
  };
  return send(options, { path: "/widget/stream", type: "text/event-stream", signal, read });
}
