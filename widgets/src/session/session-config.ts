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

/** A session that can be had: there is a way to it, and the API is known. */
export interface SessionConfig extends SessionOptions {
  apiBase: string;
}

let defaultApiBase = "";

/** The API of elements that name none. Scripts from the CDN set their own origin: the BFF serves both. */
export function setDefaultApiBase(origin: string): void {
  defaultApiBase = origin;
}

/** The element's own words before those of the provider around it; nothing without a way to a session. */
export function configOf(own: SessionOptions, provider: SessionOptions = {}): SessionConfig | undefined {
  const way = [own, provider].find((options) => options.fetchSession ?? options.sessionUrl ?? options.sessionToken);
  if (!way) return undefined;
  const { fetchSession, sessionUrl, sessionToken } = way;
  const apiBase = (own.apiBase ?? provider.apiBase ?? defaultApiBase).replace(/\/$/, "");
  return { apiBase, customer: own.customer ?? provider.customer, fetchSession, sessionUrl, sessionToken };
}

/** Whether both lead to the same session. */
export function isSameConfig(left: SessionConfig, right: SessionConfig): boolean {
  const isSameWay = left.sessionUrl === right.sessionUrl && left.sessionToken === right.sessionToken;
  return isSameWay && left.fetchSession === right.fetchSession && isSamePlace(left, right);
}

/** Whether both mean the same credits, whoever gives the session. */
export function isSamePlace(left: SessionConfig, right: SessionConfig): boolean {
  return left.apiBase === right.apiBase && left.customer === right.customer;
}
