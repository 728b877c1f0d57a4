import type { STREAM_HEARTBEAT_MS, StreamEvents, WidgetBalance, WidgetBalances } from "@credits-kit/contract";
import { createParser } from "eventsource-parser";
import { ApiError, recordOf } from "./api-error.ts";

/** The contract's constant by value: importing it would bring zod. The type makes the two differ only at compile time. */
export const HEARTBEAT_MS: typeof STREAM_HEARTBEAT_MS = 15_000;

/** What a stream yields: the contract's events, and a heartbeat for every comment of the server. */
export type StreamMessage =
  | { [Name in keyof StreamEvents]: { type: Name; data: StreamEvents[Name] } }[keyof StreamEvents]
  | { type: "heartbeat" };

/** More than any snapshot has; a server that never ends an event must not fill the page's memory. */
const MAX_EVENT_CHARACTERS = 4 * 1024 * 1024;

/** Reads server-sent events from an answer's body until it ends. Events of other names are skipped: they are newer than us. */
export async function* readMessages(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamMessage, void> {
  let messages: StreamMessage[] = [];
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARACTERS,
    onEvent: ({ event, data }) => {
      const message = toMessage(event, data);
      if (message) messages.push(message);
    },
    onComment: () => messages.push({ type: "heartbeat" }),
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded") throw unexpected(error.message);
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      const batch = messages;
      messages = [];
      yield* batch;
    }
  } finally {
    // Also when the reader of messages stops half-way: an open body would keep the connection.
    await reader.cancel().catch(() => undefined);
  }
}

function toMessage(type: string | undefined, text: string): StreamMessage | undefined {
  const data = parse(text);
  switch (type) {
    case "snapshot":
      return isWidgetBalances(data) ? { type, data } : fail(type);
    case "pool":
      return isWidgetBalance(data) ? { type, data } : fail(type);
    case "resync":
      return { type, data: {} };
    case "bye":
      return { type, data: { reconnectInMs: Number(recordOf(data)["reconnectInMs"]) || 0 } };
    default:
      return undefined;
  }
}

/** Whether the value has what every reader of balances relies on; the rest is the contract's promise. */
export function isWidgetBalances(value: unknown): value is WidgetBalances {
  const { customerId, balances } = recordOf(value);
  return typeof customerId === "string" && Array.isArray(balances) && balances.every(isWidgetBalance);
}

function isWidgetBalance(value: unknown): value is WidgetBalance {
  const { creditTypeId, balance, seq } = recordOf(value);
  return typeof creditTypeId === "string" && typeof balance === "string" && typeof seq === "number";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fail(type: string): never {
  throw unexpected(`The stream sent a ${type} that cannot be read.`);
}

function unexpected(detail: string): ApiError {
  return new ApiError({ code: "unexpected_answer", status: 200, detail });
}
