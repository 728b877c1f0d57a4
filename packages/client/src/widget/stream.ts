// What a page needs once it has a session: it may load this while the session is asked for.
export { openStream } from "./open-stream.ts";
export { HEARTBEAT_MS } from "./stream-messages.ts";
