import type { WidgetSession } from "@credits-kit/client/widget";
import { SessionError } from "./failure.ts";

/** The host page's way to a session: it asks its own back end, which asks `POST /v1/widget-sessions`. */
export type FetchSession = () => Promise<WidgetSession>;

/** Where sessions come from. A bare token is for demos: it cannot be renewed. */
export type SessionSource =
  | { kind: "url"; url: string }
  | { kind: "callback"; fetchSession: FetchSession }
  | { kind: "token"; token: string };

const HOST_PATIENCE_MS = 10_000;

/** Asks the host page for a session, and does not wait for ever. Faults are a `SessionError`. */
export async function askForSession(source: Exclude<SessionSource, { kind: "token" }>): Promise<WidgetSession> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new SessionError("session_timed_out"));
    }, HOST_PATIENCE_MS);
  });
  const asked = source.kind === "url" ? postTo(source.url, controller.signal) : callHost(source.fetchSession);
  try {
    const session: unknown = await Promise.race([asked, patience]);
    if (isSession(session)) return session;
    throw new SessionError("session_invalid");
  } catch (cause) {
    throw cause instanceof SessionError ? cause : new SessionError("session_failed", { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Async, so that a callback that throws at once is a rejection like any other. */
async function callHost(fetchSession: FetchSession): Promise<unknown> {
  return fetchSession();
}

async function postTo(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(new URL(url, document.baseURI), {
    method: "POST",
    credentials: "same-origin",
    headers: { accept: "application/json" },
    cache: "no-store",
    signal,
  });
  if (response.status === 401 || response.status === 403) throw new SessionError("session_forbidden");
  if (!response.ok) throw new SessionError("session_failed");
  return response.json();
}

function isSession(value: unknown): value is WidgetSession {
  return (
    typeof value === "object" &&
    value !== null &&
    "token" in value &&
    typeof value.token === "string" &&
    "expiresAt" in value &&
    typeof value.expiresAt === "string"
  );
}
