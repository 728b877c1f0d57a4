import { isGone } from "./figures.ts";
import type { Refusal } from "./commands.ts";
import type { Grant, Instant } from "./types.ts";

/** Refuses what a grant that is gone can no longer undergo. */
export function refuseGone(grant: Grant, now: Instant): Refusal | null {
  if (!isGone(grant, now)) return null;
  return { code: "grant_closed", status: grant.isRevoked ? "revoked" : "expired" };
}
