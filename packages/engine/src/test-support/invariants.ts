import { type Account, accountsOf, type Journal, post, type TakenEntry } from "./journal.ts";
import { byRows, rankInBurnOrder } from "./reference-model.ts";

/*
 * The invariants of RELIABILITY.md that a pool and its ledger can break by themselves, derived from the entries alone.
 * Each says what is wrong, or nothing.
 */

type Invariants<Subject> = Record<string, (subject: Subject) => string | undefined>;

/** What must hold between a ledger and its pool after every step. */
export const POOL_INVARIANTS: Invariants<Journal> = {
  "I-1 the deltas add up to the balance": ({ taken, pool }) =>
    unlessEqual(sum(taken.map(({ entry }) => entry.delta)), pool.balance, "balance"),

  "I-2 the balance is what remains of the grants less the overage": ({ pool }) =>
    unlessEqual(sum(pool.grants.map((grant) => grant.remaining)) - pool.overage, pool.balance, "balance"),

  "I-4 the pool has the number of its last entry": ({ taken, pool }) =>
    unlessEqual(taken.length, pool.seq, "seq of the pool"),

  "I-6 no grant is below zero or above what was granted": ({ pool }) =>
    firstFault(pool.grants, ({ id, remaining, amount }) =>
      remaining < 0n || remaining > amount ? `grant ${id} has ${remaining} of ${amount}` : undefined,
    ),

  "I-7 overage is never negative, and there is none while credits remain": ({ pool }) => {
    const remaining = sum(pool.grants.map((grant) => grant.remaining));
    const wrong = pool.overage < 0n || (pool.overage > 0n && remaining > 0n);
    return wrong ? `overage ${pool.overage} beside ${remaining}` : undefined;
  },

  "I-8 a grant is what remains of it and what was burned, repaid or expired": ({ taken, pool }) =>
    firstFault([...accountsOf(taken).values()], ({ grant, began, spent }) => {
      const known = pool.grants.find((each) => each.key === grant.key);
      const remaining = known?.remaining ?? 0n;
      if (began) return unlessEqual(grant.amount, remaining + spent, `all of grant ${grant.id}`);
      if (!known) return `grant ${grant.id} was lost before it began`;
      return unlessEqual(0n, remaining + spent, `what moved on grant ${grant.id} before it began`);
    }),

  "I-10 nothing is left of a grant once it expired": ({ taken, pool }) =>
    firstFault(pool.grants, ({ id, expiresAt }) => {
      const until = taken.at(-1)?.at ?? 0;
      return expiresAt !== null && expiresAt <= until ? `grant ${id} is still there at ${until}` : undefined;
    }),
};

/** What must hold along a ledger. Each holds of every beginning of a ledger of which it holds, so that once is enough. */
export const LEDGER_INVARIANTS: Invariants<readonly TakenEntry[]> = {
  "I-3 each end balance is the one before plus the delta": (taken) =>
    firstFault(taken, ({ entry }, index) => {
      const before = taken[index - 1]?.entry.endBalance ?? 0n;
      return unlessEqual(before + entry.delta, entry.endBalance, `end balance of ${entry.seq}`);
    }),

  "I-4 the ledger is numbered without a gap": (taken) =>
    firstFault(taken, ({ entry }, index) => unlessEqual(index + 1, entry.seq, "seq")),

  "I-10 nothing draws on a grant after its time": (taken) => {
    const accounts = accountsOf(taken);
    return firstFault(taken, (each) => drawnAfterExpiry(accounts, each));
  },

  "I-12 the draws of an entry and its overage part are its delta": (taken) =>
    firstFault(taken, ({ entry }) => {
      const drawn = sum(entry.draws.map((draw) => draw.amount));
      return unlessEqual(drawn - entry.overageChange, entry.delta, `delta of ${entry.seq}`);
    }),

  "I-13 every burn draws in burn order": (taken) => {
    const accounts = new Map<number, Account>();
    return firstFault(taken, ({ entry }) => {
      const expected =
        entry.type === "consumed" ? greedyDraws([...accounts.values()], -entry.delta) : undefined;
      post(accounts, entry);
      const actual = entry.draws.map(({ grantKey, amount }) => `${grantKey} ${amount}`).join(", ");
      return expected === undefined ? undefined : unlessEqual(expected, actual, `draws of ${entry.seq}`);
    });
  },
};

export const INVARIANT_NAMES: readonly string[] = [
  ...Object.keys(LEDGER_INVARIANTS),
  ...Object.keys(POOL_INVARIANTS),
];

/** All invariants that a journal breaks, each with what is wrong. */
export function violations(journal: Journal): string[] {
  return [...broken(LEDGER_INVARIANTS, journal.taken), ...broken(POOL_INVARIANTS, journal)];
}

export function broken<Subject>(invariants: Invariants<Subject>, subject: Subject): string[] {
  return Object.entries(invariants).flatMap(([name, check]) => {
    const fault = check(subject);
    return fault === undefined ? [] : [`${name}: ${fault}`];
  });
}

/** What a burn must draw, in the reference model's order. */
function greedyDraws(accounts: readonly Account[], wanted: bigint): string {
  let missing = wanted;
  return accounts
    .filter(({ began, grant, spent }) => began && spent < grant.amount)
    .map(({ grant, spent }) => ({ grant, spent, rank: rankInBurnOrder({ ...grant, created: grant.key }) }))
    .sort((left, right) => byRows(left.rank, right.rank))
    .flatMap(({ grant, spent }) => {
      const remaining = grant.amount - spent;
      const drawn = remaining < missing ? remaining : missing;
      missing -= drawn;
      return drawn > 0n ? [`${grant.key} ${-drawn}`] : [];
    })
    .join(", ");
}

/** A burn counts when it is taken; what time brings counts when it fell due, however late it is written. */
function drawnAfterExpiry(accounts: Map<number, Account>, { entry, at }: TakenEntry): string | undefined {
  const when = entry.type === "consumed" ? at : entry.occurredAt;
  return firstFault(entry.draws, ({ grantKey }) => {
    const expiresAt = accounts.get(grantKey)?.grant.expiresAt ?? Infinity;
    const tooLate = entry.type === "expired" ? when !== expiresAt : when >= expiresAt;
    return tooLate
      ? `entry ${entry.seq} drew on grant ${grantKey} at ${when}, which ends at ${expiresAt}`
      : undefined;
  });
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function unlessEqual<Value extends string | number | bigint>(expected: Value, actual: Value, what: string) {
  return expected === actual ? undefined : `${what}: "${actual}" where "${expected}" belongs`;
}

function firstFault<Row>(rows: readonly Row[], check: (row: Row, index: number) => string | undefined) {
  for (const [index, row] of rows.entries()) {
    const fault = check(row, index);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
