import { sql } from "kysely";
import { entry, grant, own, type Plant } from "./plant.ts";

/** What becomes of a grant besides being burned: every counter, flag and term, and the entries that say so. */
export const changedGrants: readonly Plant[] = [
  ...(
    [
      { column: "held", to: "held + 1", of: 17 },
      { column: "frozen", to: "frozen + 1", of: 17 },
      { column: "revoked", to: "revoked - 1", of: 2 },
      { column: "repaid", to: "repaid + 1", of: 17 },
      { column: "activated", to: "not activated", of: 24 },
      { column: "is_payment_pending", to: "true", of: 3 },
      { column: "is_frozen", to: "true", of: 2 },
      { column: "is_revoked", to: "false", of: 3 },
      { column: "open", to: "true", of: 2 },
    ] as const
  ).map(({ column, to, of }): Plant => ({
    what: `a grant whose ${column} is not what its entries leave`,
    life: "full",
    invariant: "I-8",
    seq: of,
    corrupt: (id) =>
      sql`update grant_balances set ${sql.ref(column)} = ${sql.raw(to)} where ${grant(id, of)}`,
  })),
  ...(
    [
      { column: "priority", to: "priority + 1" },
      { column: "effective_at", to: "effective_at + interval '1 ms'" },
      { column: "expires_at", to: "null" },
    ] as const
  ).map(({ column, to }): Plant => ({
    what: `a grant with another ${column} than its entries gave it`,
    life: "full",
    invariant: "I-8",
    seq: 2,
    corrupt: (id) => sql`update grants set ${sql.ref(column)} = ${sql.raw(to)} where ${grant(id, 2)}`,
  })),
  {
    what: "a grant of another amount in its terms than in its balance",
    life: "full",
    invariant: "I-8",
    seq: 24,
    corrupt: (id) => sql`update grants set amount = amount + 1 where ${grant(id, 24)}`,
  },
  {
    what: "a grant that lost its balance",
    life: "full",
    invariant: "I-8",
    seq: 3,
    corrupt: (id) => sql`delete from grant_balances where ${grant(id, 3)}`,
  },
  {
    what: "a grant of which more is held than there is",
    life: "full",
    invariant: "I-6",
    seq: 17,
    corrupt: (id) => sql`update grant_balances set held = remaining + 1 where ${grant(id, 17)}`,
  },
  {
    what: "a grant of which less than nothing is held",
    life: "full",
    invariant: "I-6",
    seq: 17,
    corrupt: (id) => sql`update grant_balances set held = -1 where ${grant(id, 17)}`,
  },
  {
    what: "a grant that holds and lost more than was granted",
    life: "full",
    invariant: "I-6",
    seq: 2,
    corrupt: (id) => sql`update grant_balances set revoked = amount, remaining = 1 where ${grant(id, 2)}`,
  },
  {
    what: "overage while credits are free beside those that are held",
    life: "full",
    invariant: "I-7",
    seq: null,
    corrupt: (id) => sql`update pools set overage = 1, balance = balance - 1 where ${own(id)}`,
  },
  {
    what: "a revocation as a whole after the first one",
    life: "full",
    invariant: "I-9",
    seq: 25,
    corrupt: (id) => sql`update ledger set about_seq = 3 where ${entry(id, 25)}`,
  },
  {
    what: "a revocation of more than the grant ever had",
    life: "full",
    invariant: "I-9",
    seq: 24,
    corrupt: (id) => sql`
      update ledger set details = details || '{"revoked": "6000001"}' where ${entry(id, 25)}`,
  },
  {
    what: "a revocation of more than was there then",
    life: "full",
    invariant: "I-9",
    seq: 14,
    corrupt: (id) => sql`
      update ledger set delta = delta - 16000000, draw_amounts = '{-19000000}', details = '{"revoked": "19000000"}'
      where ${entry(id, 14)}`,
  },
  {
    what: "a revocation that does not draw what it says",
    life: "full",
    invariant: "I-9",
    seq: 14,
    corrupt: (id) => sql`update ledger set details = '{"revoked": "2000000"}' where ${entry(id, 14)}`,
  },
  {
    what: "a revocation that says no amount",
    life: "full",
    invariant: "I-9",
    seq: 21,
    corrupt: (id) =>
      sql`update ledger set details = '{"revoked": "much", "isRevoked": true}' where ${entry(id, 21)}`,
  },
  {
    what: "a revoked grant that holds credits",
    life: "full",
    invariant: "I-10",
    seq: 3,
    corrupt: (id) =>
      sql`update grant_balances set remaining = 1, revoked = revoked - 1 where ${grant(id, 3)}`,
  },
  {
    what: "a revoked grant of which credits are frozen",
    life: "full",
    invariant: "I-10",
    seq: 3,
    corrupt: (id) => sql`update grant_balances set frozen = 1, revoked = revoked - 1 where ${grant(id, 3)}`,
  },
  {
    what: "a hold on a grant after it expired",
    life: "full",
    invariant: "I-10",
    seq: 26,
    corrupt: (id) => sql`update ledger set draw_keys = '{2,17}' where ${entry(id, 27)}`,
  },
  {
    what: "an update that gave other terms",
    life: "full",
    invariant: "I-8",
    seq: 2,
    corrupt: (id) => sql`update ledger set details = details || '{"priority": 1}' where ${entry(id, 11)}`,
  },
  {
    what: "an update of another grant",
    life: "full",
    invariant: "I-13",
    seq: 22,
    corrupt: (id) => sql`update ledger set about_seq = 1 where ${entry(id, 11)}`,
  },
  {
    what: "a freeze that does not say what it freezes",
    life: "full",
    invariant: "I-13",
    seq: 12,
    corrupt: (id) => sql`update ledger set details = null where ${entry(id, 12)}`,
  },
  {
    what: "a payment that nobody confirmed",
    life: "full",
    invariant: "I-8",
    seq: 3,
    corrupt: (id) => sql`update ledger set details = null where ${entry(id, 15)}`,
  },
];
