import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { WidgetBalance, WidgetBalances } from "@credits-kit/contract";
import { listen } from "./widget-listen.ts";

const TOKEN_LIFE_S = 600;

/** A small double of the widget API and the CDN, on an origin of its own, which counts the streams that are open. */
export async function startWidgetApi(files: ReadonlyMap<string, string>, balances: WidgetBalances) {
  const streams = new Set<ServerResponse>();
  /** What other routes answer, by path. */
  const answers = new Map<string, unknown>();
  const counts = { sessions: 0, streamsOpened: 0, mostStreamsAtOnce: 0, refused: 0 };
  /** `scopes` are what its sessions may do. */
  const state = { ...counts, balances, fault: 0, scopes: ["read"] };

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://api").pathname;
    const file = files.get(path.slice(1));
    if (file !== undefined) return sendFile(response, file);
    if (request.method === "OPTIONS") return response.writeHead(204, corsOf(request)).end();
    if (state.fault > 0) return sendProblem(request, response, { status: state.fault, code: "overloaded" });
    if (!tokenIsGood(request)) {
      state.refused += 1;
      return sendProblem(request, response, { status: 401, code: "unauthenticated" });
    }
    if (path === "/widget/stream") return openStream(request, response);
    response.writeHead(200, { ...corsOf(request), "content-type": "application/json" });
    return response.end(JSON.stringify(answers.get(path) ?? state.balances));
  });

  function openStream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, {
      ...corsOf(request),
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    const canChangeSettings = state.scopes.includes("settings");
    response.write(eventOf("snapshot", { ...state.balances, canChangeSettings }));
    streams.add(response);
    state.streamsOpened += 1;
    state.mostStreamsAtOnce = Math.max(state.mostStreamsAtOnce, streams.size);
    response.on("close", () => streams.delete(response));
  }

  const listening = await listen(server);
  return {
    ...listening,
    state,
    answers,
    streams,
    /** A token as the real server signs them: only its claims are looked at here. */
    mintSession(nowMs = Date.now(), customer = balances.customerId) {
      state.sessions += 1;
      const iat = Math.floor(nowMs / 1000);
      const exp = iat + TOKEN_LIFE_S;
      const claims = { sub: customer, iat, exp, jti: String(state.sessions), scp: state.scopes };
      const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
      return { token: `e30.${payload}.sig`, expiresAt: new Date(claims.exp * 1000).toISOString() };
    },
    heartbeat: () => streams.forEach((stream) => stream.write(": heartbeat\n\n")),
    push(pool: WidgetBalance) {
      state.balances = { ...state.balances, balances: [pool] };
      streams.forEach((stream) => stream.write(eventOf("pool", pool)));
    },
    endStreams: () => streams.forEach((stream) => stream.end()),
    /** Ends all streams without a word, as a server that dies. */
    cutStreams: () => streams.forEach((stream) => stream.destroy()),
  };
}

function tokenIsGood({ headers }: IncomingMessage): boolean {
  return /^Bearer e30\./.test(headers.authorization ?? "");
}

function sendFile(response: ServerResponse, file: string): void {
  response
    .writeHead(200, { "content-type": "text/javascript", "access-control-allow-origin": "*" })
    .end(file);
}

function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  fault: { status: number; code: string },
) {
  response.writeHead(fault.status, { ...corsOf(request), "content-type": "application/problem+json" });
  response.end(JSON.stringify({ ...fault, title: fault.code, detail: fault.code, requestId: "req_1" }));
}

function corsOf({ headers }: IncomingMessage): Record<string, string> {
  return {
    "access-control-allow-origin": headers.origin ?? "null",
    "access-control-allow-headers": "authorization, content-type",
    "access-control-allow-methods": "GET, POST, PUT, DELETE",
    "access-control-max-age": "600",
    vary: "origin",
  };
}

function eventOf(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
