import { ApiError } from "@credits-kit/client/widget/session";
import type { ApiClient } from "./api-client.ts";
import { backoffMs } from "./backoff.ts";
import type { EventStream } from "./event-stream.ts";
import type { StreamListener } from "./stream-listener.ts";

/** The live stream, whose code comes while the session is asked for. */
export class LiveStream {
  readonly #api: ApiClient;
  readonly #listener: StreamListener;
  #stream: EventStream | undefined;
  #isOpen = false;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ApiClient, listener: StreamListener) {
    this.#api = api;
    this.#listener = listener;
  }

  /** When the server was last heard of. */
  get heardAtMs(): number {
    return this.#stream?.heardAtMs ?? 0;
  }

  /** Opens the stream unless it is open or being opened. */
  open(): void {
    this.#isOpen = true;
    if (this.#stream) this.#stream.open();
    else void this.#load();
  }

  /** Closes the stream until `open`. */
  close(): void {
    this.#isOpen = false;
    clearTimeout(this.#retry);
    this.#stream?.close();
  }

  /** Closes the stream and opens it anew. */
  reopen(): void {
    if (this.#stream) this.#stream.reopen();
    else this.open();
  }

  /** The session is another one: a stream that is open, or on its way, is not for it. */
  outdate(): void {
    this.#stream?.outdate();
  }

  async #load(): Promise<void> {
    clearTimeout(this.#retry);
    const session = this.#api.prepare();
    // The stream hears of it when it is there.
    session.catch(() => undefined);
    try {
      const { EventStream } = await import("./event-stream.ts");
      this.#stream ??= new EventStream(this.#api, this.#listener, session);
      if (this.#isOpen) this.#stream.open();
    } catch (cause) {
      if (!this.#isOpen) return;
      this.#retry = setTimeout(() => this.open(), backoffMs(this.#attempt++));
      this.#listener.lost(new ApiError({ code: "network_failed" }, cause));
    }
  }
}
