import type { STREAM_HEARTBEAT_MS, StreamEvents } from "@credits-kit/contract";
import { faultOf, parseJson } from "./api-error.ts";
import { createEventReader } from "./server-sent-events.ts";

/** The contract's constant by value: importing it would bring zod. Its type keeps the two equal. */
export const HEARTBEAT_MS: typeof STREAM_HEARTBEAT_MS = 15_000;

/** What a stream yields: the contract's events, and a heartbeat for every comment of the server. */
export type StreamMessage =
  | { [Name in keyof StreamEvents]: { type: Name; data: StreamEvents[Name] } }[keyof StreamEvents]
  | { type: "heartbeat" };

/** Reads messages from an answer's body until it ends. Events of other names come, too: they are newer than us. */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<StreamMessage, void> {
  let messages: StreamMessage[] = [];
  const read = createEventReader({
    event: (type, data) => messages.push(parseJson(`{"type":${JSON.stringify(type)},"data":${data}}`)),
    comment: () => messages.push({ type: "heartbeat" }),
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      read(decoder.decode(value, { stream: true }));
      yield* messages;
      messages = [];
    }
  } catch (error) {
    throw faultOf(error, signal);
  } finally {
    // Also when the reader of messages stops half-way: an open body would keep the connection.
    await reader.cancel().catch(() => undefined);
  }
}
