import { createHash } from "node:crypto";
import { type Entry, nextDueAt, type Pool } from "@credits-kit/engine";
import { aboutSeqOf, detailsOf, heldOf } from "../../bff/src/storage/pools/entry-details.ts";

/** A row of a table, as JSON that the table's type can be read from. */
export type Row = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number)[] | object>
>;

/** Where a row belongs. */
export interface Place {
  readonly customer_id: string;
  readonly pool_no: number;
}

/** A customer of the book. */
export function customerRow(customerId: string): Row {
  const now = instant(Date.now());
  const route = createHash("sha256").update(customerId).digest("hex").slice(0, 12);
  const made = { created_at: now, updated_at: now };
  return { customer_id: customerId, metadata: {}, route, subscriptions_version: 0, ...made };
}

/** A pool before its first entry, and when something next happens to it by itself. */
export function poolRow(place: Place, names: { creditTypeId: string; resourceId: string }, pool: Pool): Row {
  const due = nextDueAt(pool);
  return {
    ...place,
    credit_type_id: names.creditTypeId,
    resource_id: names.resourceId,
    seq: 0,
    balance: 0,
    overage: 0,
    next_due_at: due === null ? null : instant(due),
    created_at: instant(Date.now()),
  };
}

/** An entry as the write path writes it; `source` is what asked for it. */
export function entryRow(
  place: Place,
  entry: Entry,
  by: { at: number; source: [string, string | null] },
): Row {
  const held = heldOf(entry);
  const details = detailsOf(entry);
  return {
    ...place,
    seq: entry.seq,
    at: instant(by.at),
    decided_at: instant(by.at),
    occurred_at: instant(entry.occurredAt),
    type: entry.type,
    delta: String(entry.delta),
    end_balance: String(entry.endBalance),
    overage_change: String(entry.overageChange),
    draw_keys: entry.draws.map((draw) => draw.grantKey),
    draw_amounts: entry.draws.map((draw) => String(draw.amount)),
    draw_held: held === null ? null : held.slice(1, -1).split(","),
    about_seq: aboutSeqOf(entry),
    details: details === null ? null : toObject(details),
    source_kind: by.source[0],
    source_id: by.source[1],
    actor_kind: "api_key",
    actor_id: "key",
  };
}

/** What is remembered of a command. */
export function commandRow(
  place: Place,
  id: string,
  done: { seq: number; at: number; answer: string | null },
): Row {
  const content_hash = createHash("md5").update(id).digest("hex");
  const { seq, at, answer } = done;
  return { ...place, id, hash_version: 1, content_hash, seq, answer, at: instant(at) };
}

/** A grant before its first entry. */
export function grantRow(place: Place, grant: NonNullable<Entry["grant"]>, at: number): Row {
  return {
    ...place,
    key: grant.key,
    grant_id: grant.id,
    amount: String(grant.amount),
    category: grant.category,
    priority: grant.priority,
    effective_at: instant(grant.effectiveAt),
    expires_at: grant.expiresAt === null ? null : instant(grant.expiresAt),
    metadata: {},
    actor_kind: "api_key",
    actor_id: "key",
    source_kind: "api",
    created_at: instant(at),
    // As if it had been edited since: only then is it asked what was told of it at first.
    updated_at: instant(at + 1),
  };
}

/** A hold before its first entry. */
export function holdRow(place: Place, { seq, hold }: Entry, at: number): Row {
  return {
    ...place,
    key: seq,
    hold_id: hold?.placed?.id ?? "",
    amount: String(hold?.placed?.amount ?? 0n),
    captured: 0,
    part_keys: [],
    part_amounts: [],
    expires_at: instant(hold?.expiresAt ?? 0),
    metadata: {},
    actor_kind: "api_key",
    actor_id: "key",
    created_at: instant(at),
  };
}

/** What a caller was told of a new grant or hold, as far as the audit reads it. */
export function toldTerms({ grant, hold }: Entry): string {
  if (!grant) return JSON.stringify({ expiresAt: instant(hold?.expiresAt ?? 0) });
  const { priority, effectiveAt, expiresAt } = grant;
  const ends = expiresAt === null ? null : instant(expiresAt);
  return JSON.stringify({ priority, effectiveAt: instant(effectiveAt), expiresAt: ends });
}

function toObject(json: string): object {
  const parsed: unknown = JSON.parse(json);
  return typeof parsed === "object" && parsed !== null ? parsed : {};
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
