import type { WidgetSession } from "@credits-kit/client/widget";

/** The host page's way to a session: it asks its own back end, which asks `POST /v1/widget-sessions`. */
export type FetchSession = () => Promise<WidgetSession>;

/** What a host page may say about the session, on an element or on `<credits-session>` around it. */
export interface SessionOptions {
  fetchSession?: FetchSession | undefined;
  sessionUrl?: string | undefined;
  /** For demos: it cannot be renewed. */
  sessionToken?: string | undefined;
  apiBase?: string | undefined;
  customer?: string | undefined;
}

/** A session that can be had. */
export interface SessionConfig {
  apiBase: string;
  customer: string | undefined;
  /** What to call, what to POST to, or, if `isFixed`, the token itself. */
  way: FetchSession | string;
  isFixed: boolean;
}

let defaultApiBase = "";

/** The API of elements that name none. Scripts from the CDN set their own origin: the BFF serves both. */
export function setDefaultApiBase(origin: string): void {
  defaultApiBase = origin;
}

/** The element's own words before those of the provider around it; nothing without a way to a session. */
export function configOf(own: SessionOptions, provider: SessionOptions = {}): SessionConfig | undefined {
  for (const { fetchSession, sessionUrl, sessionToken } of [own, provider]) {
    const renewable = fetchSession ?? sessionUrl;
    const way = renewable ?? sessionToken;
    const apiBase = own.apiBase ?? provider.apiBase ?? defaultApiBase;
    if (way) return { apiBase, customer: own.customer ?? provider.customer, way, isFixed: !renewable };
  }
  return undefined;
}
