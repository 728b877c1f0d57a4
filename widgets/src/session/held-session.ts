import type { WidgetSession } from "@credits-kit/client/widget";
import { parseJson } from "@credits-kit/client/widget/session";

/** A session as this page holds it. */
export interface HeldSession {
  token: string;
  /** Whose credits the token shows; unknown when the token cannot be read. */
  customerId: string | undefined;
  /** All that the token allows, without its dates: two tokens of one identity are interchangeable. */
  identity: string | undefined;
  renewAtMs: number;
  endsAtMs: number;
}

/** When neither the token nor the page's clock tells how long a session lives. */
const UNKNOWN_LIFE_MS = 60_000;
/** Keeps a host that hands out one cached token until its end from being asked without pause. */
const SHORTEST_WAIT_MS = 5_000;
const RENEW_AT = 0.8;

/**
 * Takes a session into use. Its life is read from the token itself where that is possible, because the page's clock may
 * be wrong by any amount. A host that hands out a token which is not fresh is found out by the server's refusal.
 */
export function holdSession({
  token,
  expiresAt = "",
}: Partial<WidgetSession> & { token: string }): HeldSession {
  const nowMs = Date.now();
  const { iat = NaN, exp = NaN, jti: _jti, ...claims } = readClaims(token);
  const { sub } = claims;
  const lives = [(exp - iat) * 1000, Date.parse(expiresAt) - nowMs, UNKNOWN_LIFE_MS];
  const lifeMs = lives.find((ms) => ms > 0) ?? 0;
  return {
    token,
    customerId: sub,
    identity: sub && JSON.stringify(claims),
    renewAtMs: nowMs + Math.max(lifeMs * RENEW_AT, SHORTEST_WAIT_MS),
    endsAtMs: nowMs + lifeMs,
  };
}

type Claims = { sub?: string; iat?: number; exp?: number; jti?: string };

function readClaims(token: string): Claims {
  try {
    return parseJson<Claims>(atob(token.split(".")[1]?.replace(/-/g, "+").replace(/_/g, "/") ?? ""));
  } catch {
    return {};
  }
}
