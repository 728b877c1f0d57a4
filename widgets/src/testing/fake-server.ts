import type { WidgetBalance, WidgetBalances, WidgetSession } from "@credits-kit/client/widget";
import { balancesOf, poolOf } from "./balances.ts";

const TOKEN_LIFE_S = 600;

export interface Fault {
  status: number;
  code: string;
  retryAfterS?: number;
  declineCode?: string;
  topUpId?: string;
}

/** The widget API and the host page's back end inside the page, in place of `fetch`. Counts what a server would count. */
export class FakeServer {
  balances: WidgetBalances = balancesOf([poolOf()]);
  /** Whom the host page's session names. */
  customer = "acme";
  /** What its sessions may do. */
  scopes = ["read"];
  tokenLifeS = TOKEN_LIFE_S;
  sessionsMinted = 0;
  streamsOpened = 0;
  mostStreamsAtOnce = 0;
  readonly streams = new Set<FakeStream>();
  readonly requests: { url: string; token: string | null }[] = [];
  /** Tokens that the API no longer takes. */
  readonly refusedTokens = new Set<string>();
  /** What the API answers instead, once or until it is taken away. */
  fault: Fault | "offline" | undefined;
  sessionFault: number | "hangs" | undefined;
  /** Answers of other routes of the API; nothing leaves the request to the stream. */
  answer: ((url: URL, init: RequestInit) => Promise<Response> | undefined) | undefined;
  readonly #realFetch = globalThis.fetch;
  /** In place of `fetch`. */
  readonly fetch: typeof fetch = (input, init = {}) =>
    this.#answer(input instanceof Request ? input.url : String(input), init);

  install(): this {
    globalThis.fetch = this.fetch;
    return this;
  }

  uninstall(): void {
    globalThis.fetch = this.#realFetch;
    for (const stream of this.streams) stream.end();
  }

  /** As the host page's back end answers. */
  mintSession(): WidgetSession {
    this.sessionsMinted += 1;
    const iat = Math.floor(Date.now() / 1000);
    const claims = {
      sub: this.customer,
      iat,
      exp: iat + this.tokenLifeS,
      jti: `j${this.sessionsMinted}`,
      scp: this.scopes,
    };
    const token = `e30.${btoa(JSON.stringify(claims)).replace(/=+$/, "")}.sig`;
    return { token, expiresAt: new Date(claims.exp * 1000).toISOString() };
  }

  push(pool: WidgetBalance): void {
    for (const stream of this.streams) stream.send("pool", pool);
  }

  heartbeat(): void {
    for (const stream of this.streams) stream.write(": heartbeat\n\n");
  }

  /** The connections break. */
  cut(): void {
    for (const stream of [...this.streams]) stream.fail(new TypeError("network error"));
  }

  async #answer(url: string, init: RequestInit): Promise<Response> {
    const { signal } = init;
    const token = new Headers(init.headers).get("authorization")?.replace("Bearer ", "") ?? null;
    this.requests.push({ url, token });
    await Promise.resolve();
    signal?.throwIfAborted();
    if (this.fault === "offline") throw new TypeError("Failed to fetch");
    if (init.method === "POST" && !url.includes("/widget/")) return this.#answerSession();
    if (this.fault) return problem(this.fault);
    if (!token || this.refusedTokens.has(token)) return problem({ status: 401, code: "unauthenticated" });
    const answer = this.answer?.(new URL(url, "http://host.test"), init);
    if (answer) return answer;
    const stream = new FakeStream((closed) => this.streams.delete(closed));
    signal?.addEventListener("abort", () => stream.fail(signal.reason));
    this.streams.add(stream);
    this.streamsOpened += 1;
    this.mostStreamsAtOnce = Math.max(this.mostStreamsAtOnce, this.streams.size);
    const canChangeSettings = this.scopes.includes("settings");
    stream.send("snapshot", { ...this.balances, canChangeSettings });
    return new Response(stream.body, { headers: { "content-type": "text/event-stream" } });
  }

  #answerSession(): Response | Promise<Response> {
    if (this.sessionFault === "hangs") return new Promise(() => undefined);
    if (this.sessionFault) return new Response("<h1>no</h1>", { status: this.sessionFault });
    return Response.json(this.mintSession());
  }
}

export class FakeStream {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #onClose: (stream: FakeStream) => void;
  readonly #encoder = new TextEncoder();
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;

  constructor(onClose: (stream: FakeStream) => void) {
    this.#onClose = onClose;
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => this.#close(),
    });
  }

  send(event: string, data: unknown): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  write(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text));
  }

  end(): void {
    this.#controller?.close();
    this.#close();
  }

  fail(reason: unknown): void {
    this.#controller?.error(reason);
    this.#close();
  }

  #close(): void {
    this.#controller = undefined;
    this.#onClose(this);
  }
}

/** An error as the API answers it. */
export function problem({ status, code, retryAfterS, ...more }: Fault): Response {
  const headers = {
    "content-type": "application/problem+json",
    ...(retryAfterS && { "retry-after": `${retryAfterS}` }),
  };
  return new Response(
    JSON.stringify({ status, code, title: code, detail: code, requestId: "req_1", ...more }),
    {
      status,
      headers,
    },
  );
}
