import type { ServerResponse } from "node:http";
import { STREAM_HEARTBEAT_MS } from "@credits-kit/contract";
import { createEventBuffer } from "better-sse";

/** A reader that lets this much pile up is dropped; it reconnects and gets a snapshot. */
const MAX_UNSENT_BYTES = 1_000_000;
/** A reader that does not take the end of its stream within this time is cut off. */
const END_WITHIN_MS = 5_000;

/**
 * Server-sent events on an answer, with a comment now and then so that silence can be noticed. Never more waits in it
 * than MAX_UNSENT_BYTES, and nothing is written behind its end: Node would raise an error that nobody can catch.
 * better-sse writes the events but not the answer: its sessions read the `Host` header and miss a reader who left early.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;
  #isOpen = true;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    });
    response.flushHeaders();
    this.#heartbeat = setInterval(() => this.#write(":\n\n"), STREAM_HEARTBEAT_MS);
    this.#heartbeat.unref();
    response.once("close", () => this.#stop());
  }

  push(name: string, data: unknown, id = ""): void {
    this.#write(createEventBuffer().event(name).id(id).data(data).dispatch().read());
  }

  /** Ends the stream behind what was pushed. */
  end(): void {
    if (!this.#isOpen) return;
    this.#stop();
    this.#response.end();
    const cut = setTimeout(() => this.#response.destroy(), END_WITHIN_MS);
    cut.unref();
    this.#response.once("close", () => clearTimeout(cut));
  }

  #write(text: string): void {
    if (!this.#isOpen) return;
    this.#response.write(text);
    if (this.#response.writableLength <= MAX_UNSENT_BYTES) return;
    this.#stop();
    this.#response.destroy();
  }

  #stop(): void {
    this.#isOpen = false;
    clearInterval(this.#heartbeat);
  }
}
