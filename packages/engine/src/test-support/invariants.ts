import { broken, firstFault, type Invariants, sum, unlessEqual } from "./checks.ts";
import { bookOf, type Journal } from "./journal.ts";
import { LEDGER_INVARIANTS } from "./ledger-invariants.ts";

/*
 * The invariants of RELIABILITY.md that a pool and its ledger can break by themselves, derived from the entries alone.
 * Each says what is wrong, or nothing.
 */

/** What must hold between a ledger and its pool after every step. */
export const POOL_INVARIANTS: Invariants<Journal> = {
  "I-1 the deltas add up to the balance": ({ taken, pool }) =>
    unlessEqual(sum(taken.map(({ entry }) => entry.delta)), pool.balance, "balance"),

  "I-2 the balance is what remains of the grants less the overage": ({ pool }) =>
    unlessEqual(sum(pool.grants.map((grant) => grant.remaining)) - pool.overage, pool.balance, "balance"),

  "I-2 the overage is what burns left owing and was not repaid": ({ taken, pool }) =>
    unlessEqual(sum(taken.map(({ entry }) => entry.overageChange)), pool.overage, "overage"),

  "I-4 the pool has the number of its last entry": ({ taken, pool }) =>
    unlessEqual(taken.length, pool.seq, "seq of the pool"),

  "I-6 no grant is below zero or above what was granted": ({ pool }) =>
    firstFault(pool.grants, ({ id, remaining, held, frozen, revoked, amount }) => {
      const isWithin = held >= 0n && remaining >= held && frozen >= 0n && revoked >= 0n;
      if (isWithin && remaining + frozen + revoked <= amount) return undefined;
      return `grant ${id} has ${remaining}, ${held} of it held, ${frozen} frozen and ${revoked} revoked of ${amount}`;
    }),

  "I-7 overage is never negative, and there is none while credits are free": ({ pool }) => {
    const free = sum(pool.grants.map((grant) => grant.remaining - grant.held));
    const wrong = pool.overage < 0n || (pool.overage > 0n && free > 0n);
    return wrong ? `overage ${pool.overage} beside ${free}` : undefined;
  },

  "I-8 a grant is what remains of it and what was frozen, burned, repaid, expired or revoked": (journal) =>
    firstFault([...bookOf(journal.taken).grants.values()], (account) => {
      const { id, key, amount } = account.terms;
      const known = journal.pool.grants.find((each) => each.key === key);
      const kept = (known?.remaining ?? 0n) + (known?.frozen ?? 0n);
      if (account.began)
        return unlessEqual(amount, kept + account.spent + account.revoked, `all of grant ${id}`);
      if (!known && !account.isRevoked) return `grant ${id} was lost before it began`;
      return unlessEqual(0n, kept + account.spent, `what moved on grant ${id} before it began`);
    }),

  "I-9 a grant says what was revoked of it": ({ taken, pool }) => {
    const { grants } = bookOf(taken);
    return firstFault(pool.grants, ({ id, key, revoked, isRevoked }) => {
      const account = grants.get(key);
      return unlessEqual(
        `${account?.revoked} ${account?.isRevoked}`,
        `${revoked} ${isRevoked}`,
        `grant ${id}`,
      );
    });
  },

  "I-10 nothing is left of a grant that is gone but what is held": ({ taken, pool }) =>
    firstFault(pool.grants, ({ id, expiresAt, isRevoked, remaining, held, frozen }) => {
      const until = taken.at(-1)?.at ?? 0;
      const isGone = isRevoked || (expiresAt !== null && expiresAt <= until);
      const isClean = remaining === held && !(isRevoked && frozen > 0n);
      return isGone && !isClean ? `grant ${id} still has more than ${held} at ${until}` : undefined;
    }),

  "what is held of the grants is what open holds reserve": ({ pool }) =>
    firstFault(pool.grants, ({ id, key, held }) => {
      const parts = pool.holds.flatMap((hold) => hold.parts).filter((part) => part.grantKey === key);
      return unlessEqual(sum(parts.map((part) => part.amount)), held, `held of grant ${id}`);
    }),

  "a hold is open, and reserves what its entries say": ({ taken, pool }) => {
    const known = [...bookOf(taken).holds].filter(([, hold]) => hold.isOpen);
    const expected = known.map(([key, hold]) => holdText({ ...hold, key, parts: [...hold.parts] }));
    const actual = pool.holds.map((hold) => {
      return holdText({ ...hold, parts: hold.parts.map(({ grantKey, amount }) => [grantKey, amount]) });
    });
    return unlessEqual(expected.join("; "), actual.join("; "), "open holds");
  },
};

interface ToldHold {
  readonly key: number;
  readonly id: string;
  readonly amount: bigint;
  readonly captured: bigint;
  readonly expiresAt: number;
  readonly parts: readonly (readonly [grantKey: number, amount: bigint])[];
}

function holdText({ key, id, amount, captured, expiresAt, parts }: ToldHold): string {
  const reserved = parts.map((part) => part.join(" ")).sort();
  return `${key} ${id}: ${captured} of ${amount} until ${expiresAt}, reserves ${reserved.join(", ")}`;
}

export const INVARIANT_NAMES: readonly string[] = [
  ...Object.keys(LEDGER_INVARIANTS),
  ...Object.keys(POOL_INVARIANTS),
];

/** All invariants that a journal breaks, each with what is wrong. */
export function violations(journal: Journal): string[] {
  return [...broken(LEDGER_INVARIANTS, journal.taken), ...broken(POOL_INVARIANTS, journal)];
}
