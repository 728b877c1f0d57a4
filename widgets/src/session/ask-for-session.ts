import type { WidgetSession } from "@credits-kit/client/widget";
import { ApiError, readJson } from "@credits-kit/client/widget/session";
import { sessionError } from "./failure.ts";
import type { FetchSession } from "./session-config.ts";

const HOST_PATIENCE_MS = 10_000;

/** Asks the host page for a session, and does not wait for ever. */
export async function askForSession(way: FetchSession | string): Promise<WidgetSession> {
  const patience = AbortSignal.timeout(HOST_PATIENCE_MS);
  const tooLate = new Promise<never>((_resolve, reject) => {
    patience.onabort = () => reject(sessionError("session_timed_out"));
  });
  // A callback that throws at once does so in here, too: a `tooLate` that nobody waits for would be the page's problem.
  const ask = async () => (typeof way === "string" ? postTo(way, patience) : way());
  try {
    const session = await Promise.race([ask(), tooLate]);
    if (session.token) return session;
    throw sessionError("session_failed");
  } catch (error) {
    throw error instanceof ApiError ? error : sessionError("session_failed", error);
  } finally {
    // What listens to a signal stays in memory until its time is over.
    patience.onabort = null;
  }
}

async function postTo(url: string, signal: AbortSignal): Promise<WidgetSession> {
  const headers = { accept: "application/json" };
  const response = await fetch(url, { method: "POST", credentials: "same-origin", headers, signal });
  if (response.status === 401 || response.status === 403) throw sessionError("session_forbidden");
  return readJson<WidgetSession>(response);
}
