import type { Command, GrantCommand } from "@credits-kit/engine";
import { CREDIT } from "./plain-life.ts";
import type { LedgerBook } from "./ledger-book.ts";

const DAY = 24 * 60 * 60 * 1000;

/**
 * Notes a customer's life with everything in it that the plain one has not, for tests that corrupt one line of it:
 *
 *      1 granted 10                               15 activated grant 3, as it is paid
 *      2 granted 20, paid, priority 1, to day 40   16 consumed 15 of 2, 30 of 3, 5 owed
 *      3 granted 30, unpaid                       17 granted 8
 *      4 hold_placed, 10 of 1 and 2 of 2          18 overage_repaid, 5 of 17
 *      5 consumed 5 of hold 4, of grant 1         19 overage_repaid, 5 given back to 17
 *      6 updated hold 4, until day 50             20 reversed 16, 15 to 2 and 30 to 3
 *      7 hold_placed, 3 of 2, until day 8         21 revoked grant 3 as a whole, 30
 *      8 hold_released, as 7 expired              22 consumed 3 of hold 4, of grant 1
 *      9 consumed 4 of 2                          23 hold_released, 2 of 1 and 2 of 2
 *     10 reversed 9                               24 granted 6, scheduled
 *     11 updated grant 2, priority 2, day 60      25 revoked grant 24 as a whole, 6 that waited
 *     12 frozen grant 2, 18                       26 expired, 17 of 2
 *     13 unfrozen grant 2, 18                     27 hold_placed, 2 of 1 and 2 of 17, until day 200
 *     14 revoked 3 of 2                           28 consumed 1 of 17; the balance is 9, of which 4 are held
 */
export function noteFullLife(book: LedgerBook, customerId: string): void {
  book.openCustomer(customerId);
  const pool = book.openPool(customerId, "images");
  const start = Date.now() - 100 * DAY;
  const on = (day: number) => start + day * DAY;
  const carryOut = (day: number, command: Command) => book.carryOut(pool, command, on(day));
  const grant = (day: number, amount: bigint, terms: Partial<GrantCommand> = {}) => {
    const plain = { category: "promo", priority: 0, effectiveAt: null, expiresAt: null } as const;
    const named = { grantId: `${customerId}-${day}`, amount: amount * CREDIT, isPaymentPending: false };
    return carryOut(day, { kind: "grant", asOf: null, ...plain, ...named, ...terms });
  };
  const burn = (day: number, amount: bigint) =>
    carryOut(day, { kind: "consume", amount: amount * CREDIT, limit: "soft", occurredAt: on(day) });
  const hold = (day: number, amount: bigint, until: number) => {
    const holdId = `${customerId}-${day}`;
    return carryOut(day, { kind: "place_hold", holdId, amount: amount * CREDIT, expiresAt: on(until) });
  };
  const capture = (day: number, amount: bigint, isFinal: boolean) =>
    carryOut(day, { kind: "capture_hold", holdKey: 4, amount: amount * CREDIT, isFinal });
  const reverse = (day: number) => {
    const consumed = pool.consumed.at(-1);
    if (!consumed) throw new Error("there is nothing to take back");
    const draws = consumed.draws.map(({ grantKey, amount }) => ({ grantKey, amount: -amount }));
    const overage = consumed.overageChange;
    const closed = [...draws, ...pool.repaid()].flatMap(({ grantKey }) => pool.closed(grantKey) ?? []);
    const repaid = overage > 0n ? pool.repaid() : [];
    return carryOut(day, { kind: "reverse", seq: consumed.seq, draws, overage, repaid, closed });
  };
  const about = (grantKey: number) => ({ grantKey, closed: pool.closed(grantKey) });

  grant(1, 10n);
  grant(2, 20n, { category: "paid", priority: 1, expiresAt: on(40) });
  grant(3, 30n, { category: "paid", isPaymentPending: true });
  hold(4, 12n, 30);
  capture(5, 5n, false);
  carryOut(6, { kind: "extend_hold", holdKey: 4, expiresAt: on(50) });
  hold(7, 3n, 8);
  burn(9, 4n);
  reverse(10);
  carryOut(11, { kind: "update_grant", ...about(2), priority: 2, expiresAt: on(60) });
  carryOut(12, { kind: "freeze", ...about(2) });
  carryOut(13, { kind: "unfreeze", ...about(2) });
  carryOut(14, { kind: "revoke", ...about(2), amount: 3n * CREDIT });
  carryOut(15, { kind: "confirm_payment", ...about(3) });
  burn(16, 50n);
  grant(17, 8n);
  reverse(20);
  carryOut(21, { kind: "revoke", ...about(3), amount: null });
  capture(22, 3n, true);
  grant(24, 6n, { effectiveAt: on(90) });
  carryOut(25, { kind: "revoke", ...about(24), amount: null });
  carryOut(61, { kind: "settle" });
  hold(62, 4n, 200);
  burn(63, 1n);
}
