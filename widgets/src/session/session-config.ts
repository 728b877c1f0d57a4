import type { FetchSession, SessionSource } from "./session-source.ts";

/** What a host page may say about the session, on an element or on `<credits-session>` around it. */
export interface SessionOptions {
  sessionUrl?: string | undefined;
  fetchSession?: FetchSession | undefined;
  sessionToken?: string | undefined;
  apiBase?: string | undefined;
  customer?: string | undefined;
}

/** A session that can be had: which API, whose credits, and where tokens come from. */
export interface SessionConfig {
  apiBase: string;
  customer: string | undefined;
  source: SessionSource;
}

let defaultApiBase: string | undefined;

/** The API of elements that name none. Scripts from the CDN set their own origin: the BFF serves both. */
export function setDefaultApiBase(origin: string): void {
  defaultApiBase = origin;
}

/** The element's own words before those of the provider around it; nothing without a way to a session. */
export function configOf(own: SessionOptions, provider: SessionOptions | undefined): SessionConfig | undefined {
  const source = sourceOf(own) ?? (provider && sourceOf(provider));
  if (!source) return undefined;
  const apiBase = own.apiBase ?? provider?.apiBase ?? defaultApiBase ?? location.origin;
  return { apiBase: absolute(apiBase), customer: own.customer ?? provider?.customer, source };
}

function sourceOf({ fetchSession, sessionUrl, sessionToken }: SessionOptions): SessionSource | undefined {
  if (fetchSession) return { kind: "callback", fetchSession };
  if (sessionUrl) return { kind: "url", url: sessionUrl };
  return sessionToken ? { kind: "token", token: sessionToken } : undefined;
}

/** What cannot be read as an address stays as it is: the request then fails and the element says so. */
function absolute(url: string): string {
  try {
    return new URL(url, document.baseURI).href.replace(/\/$/, "");
  } catch {
    return url;
  }
}
