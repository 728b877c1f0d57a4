import type { Command } from "@credits-kit/engine";
import type { AuditedEntry } from "../storage/audit/read-entries.ts";
import type { KeptConsumed } from "./checkpoint-state.ts";
import type { LeftGrants } from "./left-grants.ts";
import { consumedOf, detailsOf, grantBegun, holdBegun } from "./stored-facts.ts";

/** An entry that begins a decision, with what is known before it and the one that follows it in its pool. */
export interface Beginning {
  readonly stored: AuditedEntry;
  readonly next: AuditedEntry | null;
  readonly left: LeftGrants;
  /** Archived entries that are taken back by later ones. */
  readonly archived: readonly KeptConsumed[];
}

/**
 * The command that an entry came from, as far as the ledger tells; null for what nobody can have asked for.
 * @throws Error when what is stored with the entry is not what the write path writes.
 */
export function causeOf(beginning: Beginning): Command | null {
  const { stored, next } = beginning;
  switch (stored.type) {
    case "granted":
      return grantOf(stored);
    case "consumed":
      return stored.about_seq === null ? consumeOf(stored) : captureOf(stored, stored.about_seq, next);
    case "hold_placed":
      return placeHoldOf(stored);
    case "hold_released":
      return releaseOf(stored);
    case "updated":
      return updateOf(beginning);
    case "activated":
      if (detailsOf(stored).isPaymentPending === undefined) return { kind: "settle" };
      return { kind: "confirm_payment", ...grantNamed(beginning) };
    case "expired":
      return { kind: "settle" };
    case "frozen":
      return { kind: "freeze", ...grantNamed(beginning) };
    case "unfrozen":
      if (detailsOf(stored).isFrozen === false) return { kind: "unfreeze", ...grantNamed(beginning) };
      // What is revoked of a frozen grant is thawed first.
      return next?.type === "revoked" ? revokeOf({ ...beginning, stored: next }) : null;
    case "revoked":
      return revokeOf(beginning);
    case "reversed":
      return reverseOf(beginning);
    case "overage_repaid":
      // What was repaid of an overage that was not owed is given back first.
      return next?.type === "reversed" ? reverseOf({ ...beginning, stored: next }) : null;
    default:
      return null;
  }
}

function grantOf(stored: AuditedEntry): Command | null {
  const begun = grantBegun(stored);
  if (!begun) return null;
  const { id, ...terms } = begun;
  const isPaymentPending = detailsOf(stored).isPaymentPending ?? false;
  // What was due before it was decided was decided as of then.
  const occurredAt = milliseconds(stored.occurred_at);
  const asOf = occurredAt < milliseconds(stored.decided_at) ? occurredAt : null;
  return { kind: "grant", asOf, grantId: id, ...terms, isPaymentPending };
}

/** A soft limit burns what a hard one would, and the ledger no longer tells which it was. */
function consumeOf({ delta, occurred_at }: AuditedEntry): Command {
  return { kind: "consume", amount: -BigInt(delta), limit: "soft", occurredAt: milliseconds(occurred_at) };
}

/** A capture was final if it ended the hold, be it by itself or with what it released right after. */
function captureOf(stored: AuditedEntry, holdSeq: string, next: AuditedEntry | null): Command {
  const released = next?.type === "hold_released" && next.about_seq === holdSeq ? next : null;
  const isFinal = [stored, released].some((entry) => entry && detailsOf(entry).holdEnd === "captured");
  return { kind: "capture_hold", holdKey: Number(holdSeq), amount: -BigInt(stored.delta), isFinal };
}

function placeHoldOf(stored: AuditedEntry): Command | null {
  const begun = holdBegun(stored);
  if (!begun) return null;
  const { id, amount, expiresAt } = begun;
  return { kind: "place_hold", holdId: id, amount, expiresAt };
}

function releaseOf(stored: AuditedEntry): Command | null {
  switch (detailsOf(stored).holdEnd) {
    case "released":
      return { kind: "release_hold", holdKey: Number(stored.about_seq) };
    case "expired":
      return { kind: "settle" };
    default:
      return null;
  }
}

function updateOf(beginning: Beginning): Command {
  const { stored } = beginning;
  const { priority, effectiveAt, expiresAt, isPaymentPending, holdExpiresAt } = detailsOf(stored);
  if (holdExpiresAt !== undefined) {
    return { kind: "extend_hold", holdKey: Number(stored.about_seq), expiresAt: holdExpiresAt };
  }
  if (isPaymentPending !== undefined) return { kind: "confirm_payment", ...grantNamed(beginning) };
  return { kind: "update_grant", ...grantNamed(beginning), priority, effectiveAt, expiresAt };
}

/** A part that leaves nothing revokes as a whole does. */
function revokeOf(beginning: Beginning): Command {
  const { isRevoked, revoked } = detailsOf(beginning.stored);
  const amount = isRevoked ? null : (revoked ?? 0n);
  return { kind: "revoke", ...grantNamed(beginning), amount };
}

function reverseOf({ stored, left, archived }: Beginning): Command | null {
  const consumed = consumedOf(stored) ?? archived.find(({ seq }) => seq === Number(stored.about_seq));
  if (!consumed) return null;
  const { draws, overage } = consumed;
  const repaid = overage > 0n ? left.repaid() : [];
  const closed = left.those([...draws, ...repaid].map((part) => part.grantKey));
  return { kind: "reverse", seq: Number(stored.about_seq), draws, overage, repaid, closed };
}

function grantNamed({ stored, left }: Beginning) {
  const grantKey = Number(stored.about_seq);
  return { grantKey, closed: left.find(grantKey) };
}

/** Whole milliseconds, as the write path reads the clock; the double is exact to a microsecond before them. */
export function milliseconds(seconds: number): number {
  return Math.floor(Math.round(seconds * 1_000_000) / 1000);
}
