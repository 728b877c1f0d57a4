import type { Grant, Instant, Pool } from "@credits-kit/engine";
import type { AuditedEntry } from "../storage/audit/read-entries.ts";
import type { Mismatch } from "./compare-entry.ts";
import type { LeftGrants } from "./left-grants.ts";
import type { ReplayOpening } from "./replay-opening.ts";
import { detailsOf, grantStanding, holdBegun, holdStanding } from "./stored-facts.ts";

type Terms = Pick<Grant, "priority" | "effectiveAt" | "expiresAt">;

/**
 * The terms of grants and holds as their own rows have them, to be compared with what the replay made of them: what they
 * began with, and what entries changed since (I-8).
 */
export class StandingTerms {
  readonly #grants = new Map<number, Terms>();
  readonly #holds = new Map<number, { readonly standing: Instant; current: Instant }>();

  constructor({ pool, standing }: ReplayOpening) {
    for (const { key, ...terms } of standing.grants) this.#grants.set(key, terms);
    for (const { key, expiresAt } of standing.holds) {
      const kept = pool.holds.find((hold) => hold.key === key);
      if (kept) this.#holds.set(key, { standing: expiresAt, current: kept.expiresAt });
    }
  }

  /** Notes what the rows say of what an entry brings, and how it changes a hold. */
  note(stored: AuditedEntry): void {
    const { type, seq, about_seq } = stored;
    if (type === "granted") {
      const standing = grantStanding(stored);
      if (standing) this.#grants.set(Number(seq), standing);
    } else if (type === "hold_placed") {
      const [standing, begun] = [holdStanding(stored), holdBegun(stored)];
      if (standing && begun) {
        this.#holds.set(Number(seq), { standing: standing.expiresAt, current: begun.expiresAt });
      }
    } else if (type === "updated") {
      const { holdExpiresAt } = detailsOf(stored);
      const hold = holdExpiresAt === undefined ? undefined : this.#holds.get(Number(about_seq));
      if (hold && holdExpiresAt !== undefined) hold.current = holdExpiresAt;
    }
  }

  /** The first grant or hold whose row does not have the terms that the ledger gave it. */
  compare(pool: Pool, left: LeftGrants): Mismatch | null {
    for (const grants of [pool.grants, left.all()]) {
      for (const grant of grants) {
        const standing = this.#grants.get(grant.key);
        if (standing && !sameTerms(standing, grant)) {
          const detail = `the grant has ${told(standing)}, its entries leave it with ${told(grant)}`;
          return { invariant: "I-8", seq: grant.key, detail };
        }
      }
    }
    for (const [seq, { standing, current }] of this.#holds) {
      if (standing === current) continue;
      const detail = `the hold lasts until ${iso(standing)}, its entries let it last until ${iso(current)}`;
      return { invariant: "I-8", seq, detail };
    }
    return null;
  }
}

function sameTerms(left: Terms, right: Terms): boolean {
  return (
    left.priority === right.priority &&
    left.effectiveAt === right.effectiveAt &&
    left.expiresAt === right.expiresAt
  );
}

function told({ priority, effectiveAt, expiresAt }: Terms): string {
  const until = expiresAt === null ? "for ever" : `until ${iso(expiresAt)}`;
  return `priority ${priority} from ${iso(effectiveAt)} ${until}`;
}

/** A time for people to read, also one that a corrupt row has far out. */
function iso(instant: Instant): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? String(instant) : date.toISOString();
}
