import type { Entry } from "@credits-kit/engine";

/*
 * How an entry is written besides its draws. \`about_seq\` is the grant, the hold or the reversed entry that it is about,
 * by the seq that it began with; \`details\` are what it changes of that. The guard and the audit read the same words.
 */

/** What a draw reserves or frees, as an array literal; null where nothing is held. */
export function heldOf({ draws }: Entry): string | null {
  for (const { heldChange } of draws) {
    if (heldChange !== 0n) return `{${draws.map((draw) => draw.heldChange).join(",")}}`;
  }
  return null;
}

/** The seq that the thing which the entry is about began with; null for what is about nothing but its draws. */
export function aboutSeqOf({ change, hold, reverses }: Entry): number | null {
  return change?.grantKey ?? hold?.key ?? reverses ?? null;
}

/** What the entry changes of a grant or a hold, as JSON; null where that follows from its type and draws. */
export function detailsOf({ grant, change, hold }: Entry): string | null {
  if (grant) return grant.isPaymentPending ? `{"isPaymentPending":true}` : null;
  if (hold) return detailsOfHold(hold);
  if (!change) return null;
  const { grantKey: _about, revoked, ...terms } = change;
  return JSON.stringify(revoked === undefined ? terms : { ...terms, revoked: String(revoked) });
}

function detailsOfHold({ expiresAt, end, placed }: NonNullable<Entry["hold"]>): string | null {
  // A hold that is placed has its own row for what it is.
  if (placed) return null;
  if (expiresAt !== undefined) return JSON.stringify({ holdExpiresAt: expiresAt });
  return end === undefined ? null : JSON.stringify({ holdEnd: end });
}
