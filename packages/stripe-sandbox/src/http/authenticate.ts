import type { Request } from "express";
import { invalidRequest, StripeProblem } from "../errors.ts";

/** Whether this key could move real money. */
export function isLiveKey(key: string): boolean {
  return /^(sk|rk)_live_/.test(key.trim());
}

/** Checks the secret key, sent as Bearer or as Basic. @throws StripeProblem with status 401. */
export function authenticate(request: Request, secretKeys: readonly string[]): void {
  const key = keyOf(request.get("Authorization"));
  if (key === undefined) {
    throw refused(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (isLiveKey(key)) throw refused("The sandbox refuses live keys: use a test key.");
  if (!secretKeys.includes(key)) throw refused(`Invalid API Key provided: ${masked(key)}`);
}

/** Checks the version that was asked for: there is only one here. @throws StripeProblem for any other. */
export function refuseOtherVersions(request: Request, version: string): void {
  const asked = request.get("Stripe-Version") ?? version;
  if (asked === version) return;
  throw invalidRequest(`Invalid Stripe API version: ${asked}. The sandbox doubles ${version} only.`);
}

function keyOf(header: string | undefined): string | undefined {
  const [scheme = "", value = ""] = (header ?? "").split(" ");
  if (value === "") return undefined;
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  return Buffer.from(value, "base64").toString("utf8").split(":")[0];
}

const masked = (key: string): string => `${key.slice(0, 8)}${"*".repeat(12)}${key.slice(-4)}`;
const refused = (message: string): StripeProblem =>
  new StripeProblem(401, { type: "invalid_request_error", message });
