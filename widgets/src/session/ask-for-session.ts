import { ApiError, readJson, type WidgetSession } from "@credits-kit/client/widget";
import { sessionError } from "./failure.ts";
import type { SessionOptions } from "./session-config.ts";

const HOST_PATIENCE_MS = 10_000;

/** Asks the host page for a session, and does not wait for ever. */
export async function askForSession({ fetchSession, sessionUrl = "" }: SessionOptions): Promise<WidgetSession> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(sessionError("session_timed_out"));
    }, HOST_PATIENCE_MS);
  });
  try {
    const asked = fetchSession ? fetchSession() : postTo(sessionUrl, controller.signal);
    const session = await Promise.race([asked, patience]);
    if (typeof session?.token === "string") return session;
    throw sessionError("session_failed");
  } catch (error) {
    throw error instanceof ApiError ? error : sessionError("session_failed", error);
  } finally {
    clearTimeout(timer);
  }
}

async function postTo(url: string, signal: AbortSignal): Promise<WidgetSession> {
  const headers = { accept: "application/json" };
  const response = await fetch(url, { method: "POST", credentials: "same-origin", headers, cache: "no-store", signal });
  if (response.status === 401 || response.status === 403) throw sessionError("session_forbidden");
  if (!response.ok) throw sessionError("session_failed");
  return readJson<WidgetSession>(response);
}
