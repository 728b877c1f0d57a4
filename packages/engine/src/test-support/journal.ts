import type { Draw, Entry, GrantTerms, Pool } from "../pool/types.ts";
import { dueAt } from "./history.ts";
import type { Step } from "./telling-engine.ts";

/** A ledger as it was written, with the moment as of which each entry was taken, and the pool that is said to result. */
export interface Journal {
  readonly taken: readonly TakenEntry[];
  readonly pool: Pool;
}

export interface TakenEntry {
  readonly entry: Entry;
  readonly at: number;
}

/** What the ledger says about one grant. */
export interface Account {
  /** As they were changed since. */
  terms: GrantTerms;
  began: boolean;
  remaining: bigint;
  held: bigint;
  frozen: bigint;
  /** What was burned or repaid, less what reversals restored, and what expired. */
  spent: bigint;
  revoked: bigint;
  isRevoked: boolean;
  /** When some of it last became free: it began, a hold or a freeze ended. */
  cameFreeAt: number | null;
}

/** What the ledger says about one hold. */
export interface HoldAccount {
  readonly id: string;
  readonly amount: bigint;
  captured: bigint;
  expiresAt: number;
  isOpen: boolean;
  /** What it reserves by grant; what became nothing is not there. */
  readonly parts: Map<number, bigint>;
}

/** What a ledger says, added up from its entries alone. */
export interface Book {
  readonly grants: Map<number, Account>;
  readonly holds: Map<number, HoldAccount>;
}

/** The journals after each step of a run. */
export function journalsOf(steps: readonly Step[]): Journal[] {
  const taken: TakenEntry[] = [];
  return steps.map(({ taken: step, decision }) => {
    for (const entry of decision.entries) taken.push({ entry, at: dueAt(step) });
    return { taken: [...taken], pool: decision.pool };
  });
}

export function bookOf(taken: readonly TakenEntry[]): Book {
  const book: Book = { grants: new Map(), holds: new Map() };
  for (const { entry } of taken) post(book, entry);
  return book;
}

/** Adds what one entry says. */
export function post(book: Book, entry: Entry): void {
  if (entry.grant) book.grants.set(entry.grant.key, newAccount(entry.grant));
  postHold(book, entry);
  for (const draw of entry.draws) {
    const account = book.grants.get(draw.grantKey);
    if (!account) throw new Error(`entry ${entry.seq} draws on the unknown grant ${draw.grantKey}`);
    postDraw(account, draw, entry);
  }
  const changed = entry.change && book.grants.get(entry.change.grantKey);
  if (!entry.change || !changed) return;
  const { priority, effectiveAt, expiresAt, revoked = 0n, isRevoked } = entry.change;
  changed.terms = {
    ...changed.terms,
    ...(priority !== undefined && { priority }),
    ...(effectiveAt !== undefined && { effectiveAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
  changed.revoked += revoked;
  changed.isRevoked ||= isRevoked === true;
}

function newAccount(terms: GrantTerms): Account {
  const nothing = { remaining: 0n, held: 0n, frozen: 0n, spent: 0n, revoked: 0n };
  return { terms, ...nothing, began: false, isRevoked: false, cameFreeAt: null };
}

function postDraw(account: Account, { amount, heldChange }: Draw, { type, occurredAt }: Entry): void {
  account.remaining += amount;
  account.held += heldChange;
  if (amount - heldChange > 0n) account.cameFreeAt = occurredAt;
  if (type === "granted" || type === "activated") account.began = true;
  else if (type === "frozen" || type === "unfrozen") account.frozen -= amount;
  else if (type !== "revoked") account.spent -= amount;
}

function postHold(book: Book, { type, hold: change, draws, delta }: Entry): void {
  if (!change) return;
  if (change.placed) {
    const { id, amount } = change.placed;
    const expiresAt = change.expiresAt ?? NaN;
    book.holds.set(change.key, { id, amount, captured: 0n, expiresAt, isOpen: true, parts: new Map() });
  }
  const hold = book.holds.get(change.key);
  if (!hold) return;
  if (type === "consumed") hold.captured -= delta;
  hold.expiresAt = change.expiresAt ?? hold.expiresAt;
  if (change.end) hold.isOpen = false;
  for (const { grantKey, heldChange } of draws) {
    const left = (hold.parts.get(grantKey) ?? 0n) + heldChange;
    if (left === 0n) hold.parts.delete(grantKey);
    else hold.parts.set(grantKey, left);
  }
}
