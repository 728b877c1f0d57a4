import { ApiError } from "@credits-kit/client/widget/session";
import { HEARTBEAT_MS, openStream } from "@credits-kit/client/widget/stream";
import type { ApiClient } from "./api-client.ts";
import { backoffMs } from "./backoff.ts";
import { apiErrorOf, isRetryable } from "./failure.ts";
import type { StreamListener } from "./stream-listener.ts";

const SILENCE_MS = 3 * HEARTBEAT_MS;
const WATCH_EVERY_MS = 5_000;
/** A stream that lived this long was no failed try. */
const PROVEN_MS = 10_000;
/** Gives the server the time to see the old stream end before the new one comes: it never counts two. */
const HANDOVER_PAUSE_MS = 200;

/** The page's one live stream: keeps it open, notices when it is dead, and opens it again. */
export class EventStream {
  readonly #api: ApiClient;
  readonly #listener: StreamListener;
  #session: Promise<unknown> | undefined;
  #connection: AbortController | undefined;
  #isOpen = false;
  #isOutdated = false;
  /** When the server was last heard of. */
  heardAtMs = 0;
  #startedAtMs = 0;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  /** `session` is being asked for already: its failure is the first connection's. */
  constructor(api: ApiClient, listener: StreamListener, session: Promise<unknown>) {
    this.#api = api;
    this.#listener = listener;
    this.#session = session;
  }

  /** Opens the stream unless it is open or being opened. */
  open(): void {
    if (this.#connection) this.#checkSilence();
    else this.#openIn(0);
  }

  /** Closes the stream until `open`. */
  close(): void {
    this.#hangUp();
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#attempt = 0;
  }

  /** Closes the stream and opens it anew: never the other way round, so that there is never a second one. */
  reopen(): void {
    this.#hangUp();
    this.#openIn(HANDOVER_PAUSE_MS * (1 + Math.random()));
  }

  /** The session is another one: a stream that is open, or on its way, is not for it. */
  outdate(): void {
    this.#isOutdated = true;
    if (this.#isOpen) this.reopen();
  }

  #hangUp(): void {
    clearTimeout(this.#retry);
    this.#connection?.abort();
    this.#connection = undefined;
    this.#isOpen = false;
  }

  #openIn(delayMs: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), delayMs);
    this.#watch ??= setInterval(() => this.#checkSilence(), WATCH_EVERY_MS);
  }

  async #connect(): Promise<void> {
    const { signal } = (this.#connection = new AbortController());
    this.#startedAtMs = Date.now();
    this.#isOutdated = false;
    let waitMs = 0;
    let fault: ApiError | undefined;
    try {
      const session = this.#session;
      this.#session = undefined;
      await session;
      const messages = await this.#api.call((options) => openStream(options, signal));
      this.#isOpen = true;
      for await (const message of messages) {
        if (signal.aborted) return;
        if (this.#isOutdated) return this.reopen();
        this.heardAtMs = Date.now();
        if (message.type !== "bye") this.#listener.received(message);
        else waitMs = message.data.reconnectInMs;
      }
    } catch (error) {
      fault = apiErrorOf(error);
    }
    if (signal.aborted) return;
    this.#hangUp();
    if (Date.now() - this.#startedAtMs > PROVEN_MS) this.#attempt = 0;
    waitMs = Math.max(waitMs, fault?.retryAfterMs ?? 0) + backoffMs(this.#attempt++);
    if (!fault || isRetryable(fault.code)) this.#openIn(waitMs);
    else this.close();
    this.#listener.lost(fault);
  }

  /** Also what notices that the page slept: the clock has jumped and nothing was heard. */
  #checkSilence(): void {
    const quietSinceMs = Math.max(this.#startedAtMs, this.heardAtMs);
    if (!this.#connection || Date.now() - quietSinceMs <= SILENCE_MS) return;
    this.reopen();
    this.#listener.lost(new ApiError({ code: "timed_out" }));
  }
}
