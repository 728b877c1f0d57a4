import { ApiError, readJson, type WidgetSession } from "@credits-kit/client/widget";
import { sessionError } from "./failure.ts";
import type { SessionOptions } from "./session-config.ts";

const HOST_PATIENCE_MS = 10_000;

/** Asks the host page for a session, and does not wait for ever. */
export async function askForSession({ fetchSession, sessionUrl = "" }: SessionOptions): Promise<WidgetSession> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(sessionError("session_timed_out")), HOST_PATIENCE_MS);
  });
  try {
    const session = await Promise.race([fetchSession ? fetchSession() : postTo(sessionUrl), patience]);
    if (session.token) return session;
    throw sessionError("session_failed");
  } catch (error) {
    throw error instanceof ApiError ? error : sessionError("session_failed", error);
  } finally {
    clearTimeout(timer);
  }
}

async function postTo(url: string): Promise<WidgetSession> {
  const response = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(HOST_PATIENCE_MS),
  });
  if (response.status === 401 || response.status === 403) throw sessionError("session_forbidden");
  return readJson<WidgetSession>(response);
}
