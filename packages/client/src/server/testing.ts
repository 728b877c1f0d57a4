import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Clock } from "./clock.ts";

export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Reply = (response: ServerResponse, request: ReceivedRequest) => void;

/** A real HTTP server that keeps what it receives and answers by a script; the last reply answers all that follow. */
export async function startScriptedServer(...script: readonly Reply[]) {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = "", url = "", headers } = request;
      const told = { method, url, headers, body };
      received.push(told);
      script[Math.min(received.length, script.length) - 1]?.(response, told);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return {
    received,
    baseUrl: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Reply {
  return json(
    status,
    { type: "about:blank", title: code, status, code, detail: `It is ${code}.`, requestId: "req_1" },
    headers,
  );
}

/** A clock that stands still: sleeps of `timeoutMs` run until their call ends, every other sleep is over at once. */
export function stillClock(timeoutMs: number) {
  const slept: number[] = [];
  const clock: Clock = {
    now: () => Date.parse("2026-03-01T12:00:00Z"),
    sleep(ms, signal) {
      if (ms === timeoutMs) {
        return new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason)),
        );
      }
      slept.push(ms);
      return signal.aborted ? Promise.reject(signal.reason) : Promise.resolve();
    },
  };
  return { clock, slept };
}

/** A clock whose time passes only by `advance`. Sleeps that take longer than a test ever advances just stay. */
export function manualClock() {
  let now = Date.parse("2026-03-01T12:00:00Z");
  const sleepers = new Set<{ readonly ms: number; readonly due: number; readonly wake: () => void }>();
  const clock: Clock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const sleeper = { ms, due: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener("abort", () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
  };
  return {
    clock,
    /** Whether somebody sleeps for so long. */
    sleeps: (ms: number) => [...sleepers].some((sleeper) => sleeper.ms === ms),
    advance(ms: number) {
      now += ms;
      for (const sleeper of [...sleepers].filter(({ due }) => due <= now)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}

const UNTIL_MS_MAX = 20_000;

/** Resolves once the condition holds. @throws Error when it never does */
export async function until(condition: () => boolean): Promise<void> {
  const startedAt = performance.now();
  while (!condition()) {
    if (performance.now() - startedAt > UNTIL_MS_MAX) throw new Error(`never held: ${String(condition)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
