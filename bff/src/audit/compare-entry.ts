import type { Entry } from "@credits-kit/engine";
import type { InvariantId } from "../storage/audit/finding.ts";
import type { AuditedEntry } from "../storage/audit/read-entries.ts";
import { aboutSeqOf, detailsOf, heldOf } from "../storage/pools/entry-details.ts";
import { milliseconds } from "./cause-of.ts";

/** What a replay has against an entry. */
export interface Mismatch {
  readonly invariant: InvariantId;
  readonly seq: number;
  readonly detail: string;
}

/** What is wrong with a stored entry, by the one that the engine has in its place. */
export function compareEntry(expected: Entry, stored: AuditedEntry): Mismatch | null {
  const seq = Number(stored.seq);
  const draws = `${stored.draw_keys} ${stored.draw_amounts}`;
  const same =
    expected.seq === seq &&
    expected.type === stored.type &&
    String(expected.delta) === stored.delta &&
    String(expected.overageChange) === stored.overage_change &&
    drawsOf(expected) === draws &&
    heldOf(expected) === stored.draw_held;
  if (!same) {
    const { type, delta, overage_change, draw_held } = stored;
    const held = draw_held === null ? "" : ` held ${draw_held}`;
    const found = `${type} with delta ${delta}, overage ${overage_change}, draws ${draws}${held}`;
    const detail = `the engine has ${told(expected)}, the ledger ${found} (millionths of credits)`;
    return { invariant: kindOf(expected, stored), seq, detail };
  }
  if (aboutOf(expected) !== stored.about_seq || !sameDetails(expected, stored)) {
    const found = `${stored.type} about ${stored.about_seq ?? "nothing"} with ${stored.details ?? "nothing"}`;
    const about = `about ${aboutOf(expected) ?? "nothing"} with ${detailsOf(expected) ?? "nothing"}`;
    const detail = `the engine has ${expected.type} ${about}, the ledger ${found}`;
    return { invariant: kindOf(expected, stored), seq, detail };
  }
  if (expected.occurredAt !== milliseconds(stored.occurred_at)) {
    return mismatch(seq, `${stored.type} for another moment than the engine has it`);
  }
  return null;
}

/** A mismatch that no narrower invariant names. */
export function mismatch(seq: number, detail: string): Mismatch {
  return { invariant: "I-13", seq, detail };
}

/** An entry of the engine, in words. */
export function told(entry: Entry): string {
  const { seq, type, delta, overageChange } = entry;
  const held = heldOf(entry);
  const draws = `${drawsOf(entry)}${held === null ? "" : ` held ${held}`}`;
  return `${type} at ${seq} with delta ${delta}, overage ${overageChange}, draws ${draws}`;
}

/** Going on as if time had not ended a grant or a hold is a fault of its own, and so is revoking what was not there. */
function kindOf(expected: Entry, { type }: AuditedEntry): InvariantId {
  const ends = expected.type === "expired" || expected.hold?.end === "expired";
  if (ends && type !== expected.type) return "I-10";
  return type === "revoked" ? "I-9" : "I-13";
}

/** Draws as the ledger writes them. */
function drawsOf({ draws }: Entry): string {
  const [first] = draws;
  if (draws.length === 1 && first) return `{${first.grantKey}} {${first.amount}}`;
  return `{${draws.map((draw) => draw.grantKey).join(",")}} {${draws.map((draw) => draw.amount).join(",")}}`;
}

function aboutOf(entry: Entry): string | null {
  const seq = aboutSeqOf(entry);
  return seq === null ? null : String(seq);
}

/** What grants and holds begin with is where the command came from: there is nothing to compare it with. */
function sameDetails(expected: Entry, { details }: AuditedEntry): boolean {
  if (expected.grant || expected.hold?.placed) return true;
  const written = detailsOf(expected);
  if (written === null || details === null) return written === details;
  return sorted(written) === sorted(details);
}

/** A flat object with its keys in order, as the database and the write path do not agree on one. */
function sorted(json: string): string {
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== "object" || parsed === null) return json;
  return JSON.stringify(Object.entries(parsed).sort(([left], [right]) => (left < right ? -1 : 1)));
}
