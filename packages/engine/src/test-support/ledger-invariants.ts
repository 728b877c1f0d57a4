import type { Draw, Entry } from "../pool/types.ts";
import { firstFault, type Invariants, sum, unlessEqual } from "./checks.ts";
import { expectedDraws } from "./expected-draws.ts";
import { type Account, type Book, bookOf, post, type TakenEntry } from "./journal.ts";

/** What must hold along a ledger. Each holds of every beginning of a ledger of which it holds, so that once is enough. */
export const LEDGER_INVARIANTS: Invariants<readonly TakenEntry[]> = {
  "I-3 each end balance is the one before plus the delta": (taken) =>
    firstFault(taken, ({ entry }, index) => {
      const before = taken[index - 1]?.entry.endBalance ?? 0n;
      return unlessEqual(before + entry.delta, entry.endBalance, `end balance of ${entry.seq}`);
    }),

  "I-4 the ledger is numbered without a gap": (taken) =>
    firstFault(taken, ({ entry }, index) => unlessEqual(index + 1, entry.seq, "seq")),

  "I-9 nothing is revoked that was not there": (taken) => along(taken, revokedTooMuch),

  "I-10 nothing draws on a grant after its time": (taken) => along(taken, drawnTooLate),

  "I-12 the draws of an entry and its overage part are its delta": (taken) =>
    firstFault(taken, ({ entry }) => {
      const drawn = sum(entry.draws.map((draw) => draw.amount));
      return unlessEqual(drawn - entry.overageChange, entry.delta, `delta of ${entry.seq}`);
    }),

  "I-13 every burn and every hold draws in burn order": (taken) =>
    along(taken, (book, { entry }) => {
      const expected = expectedDraws(book, entry);
      return expected && unlessEqual(textOf(expected), textOf(entry.draws), `draws of ${entry.seq}`);
    }),

  "a reversal gives a grant back what its entry took, and happens once": (taken) => {
    const reversed = new Set<number>();
    return firstFault(taken, ({ entry }) => {
      if (entry.reverses === undefined) return undefined;
      if (reversed.has(entry.reverses)) return `entry ${entry.seq} reverses ${entry.reverses} again`;
      reversed.add(entry.reverses);
      return restoredTooMuch(entry, taken.find((each) => each.entry.seq === entry.reverses)?.entry);
    });
  },
};

/** Checks entry after entry against what the ledger said before it. */
function along(
  taken: readonly TakenEntry[],
  check: (before: Book, taken: TakenEntry) => string | undefined,
): string | undefined {
  const book = bookOf([]);
  return firstFault(taken, (each) => {
    const fault = check(book, each);
    post(book, each.entry);
    return fault;
  });
}

function revokedTooMuch({ grants }: Book, { entry }: TakenEntry): string | undefined {
  const { type, seq, draws, change } = entry;
  if (type !== "revoked") {
    return change?.revoked === undefined ? undefined : `entry ${seq} revokes as ${type}`;
  }
  const account = change && grants.get(change.grantKey);
  const { revoked } = change ?? {};
  if (!account || revoked === undefined) return `entry ${seq} does not say what it revokes`;
  const drawn = -sum(draws.map((draw) => draw.amount));
  const there = account.began ? account.remaining - account.held : account.terms.amount - account.revoked;
  if (revoked < 0n || revoked > there) return `entry ${seq} revokes ${revoked} of ${there}`;
  return unlessEqual(account.began ? revoked : 0n, drawn, `what entry ${seq} draws`);
}

/** A burn counts when it is taken; what time brings counts when it fell due, however late it is written. */
function drawnTooLate({ grants }: Book, { entry, at }: TakenEntry): string | undefined {
  const when = entry.type === "consumed" ? at : entry.occurredAt;
  return firstFault(entry.draws, (draw) => {
    const account = grants.get(draw.grantKey);
    if (!account) return undefined;
    const endsAt = account.isRevoked ? "revocation" : (account.terms.expiresAt ?? Infinity);
    const isOver = endsAt === "revocation" || when >= endsAt;
    const isExpiry = entry.type === "expired";
    if (isExpiry ? isOver && isTimely(account, when) : !isOver || mayOutlive(account, draw, entry))
      return undefined;
    return `entry ${entry.seq} drew on grant ${draw.grantKey} at ${when}, which ends at ${endsAt}`;
  });
}

/** Credits expire at their end, or, where they were held or frozen then, the moment they come free. */
function isTimely({ isRevoked, terms, cameFreeAt }: Account, when: number): boolean {
  return !isRevoked && (when === terms.expiresAt || when === cameFreeAt);
}

/** What may still move on a grant that is gone: what holds reserve, and what comes free only to go. */
function mayOutlive(account: Account, { amount, heldChange }: Draw, { type, occurredAt }: Entry): boolean {
  switch (type) {
    case "consumed":
      return amount === heldChange;
    case "hold_released":
      return true;
    case "revoked":
      return account.isRevoked;
    case "unfrozen":
    case "activated":
      return !account.isRevoked;
    case "overage_repaid":
      return !account.isRevoked && amount < 0n && account.cameFreeAt === occurredAt;
    default:
      return false;
  }
}

function restoredTooMuch(
  { seq, draws, overageChange }: Entry,
  reversed: Entry | undefined,
): string | undefined {
  if (reversed?.type !== "consumed") return `entry ${seq} reverses what is no burn`;
  const took = new Map(reversed.draws.map((draw) => [draw.grantKey, -draw.amount]));
  if (overageChange > 0n || -overageChange > reversed.overageChange)
    return `entry ${seq} ends overage of others`;
  return firstFault(draws, ({ grantKey, amount }) =>
    unlessEqual(took.get(grantKey) ?? 0n, amount, `restored`),
  );
}

function textOf(draws: readonly Draw[]): string {
  return draws.map(({ grantKey, amount, heldChange }) => `${grantKey} ${amount} ${heldChange}`).join(", ");
}
