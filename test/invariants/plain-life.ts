import type { GrantCommand } from "@credits-kit/engine";
import type { LedgerBook } from "./ledger-book.ts";

export const CREDIT = 1_000_000n;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/**
 * Notes a customer's life in which everything happens once, for tests that corrupt one line of it:
 *
 *     1 granted 10, a promotion         8 overage_repaid, 10 of grant 5
 *     2 granted 20, paid                9 granted 5, which expire two days later
 *     3 consumed 4 of grant 1          10 consumed 1 of grant 9
 *     4 consumed 6 of 1, 3 of 2        11 expired, 4 of grant 9
 *     5 granted 50, scheduled          12 consumed 2 of grant 5
 *     6 consumed 17 of 2, 10 owed      13 granted 7, which are to expire
 *     7 activated grant 5              the balance is 45
 */
export function notePlainLife(book: LedgerBook, customerId: string): void {
  book.openCustomer(customerId);
  const pool = book.openPool(customerId, "images");
  const start = Date.now() - 100 * DAY;
  const grant = (day: number, amount: bigint, terms: Partial<GrantCommand> = {}) => {
    const now = start + day * DAY;
    const grantId = `${customerId}-${day}`;
    const plain = {
      asOf: null,
      category: "promo",
      priority: 0,
      effectiveAt: null,
      expiresAt: null,
      isPaymentPending: false,
    } as const;
    book.carryOut(pool, { kind: "grant", grantId, amount: amount * CREDIT, ...plain, ...terms }, now);
  };
  const burn = (day: number, amount: bigint, limit: "hard" | "soft" = "hard") => {
    const now = start + day * DAY;
    book.carryOut(pool, { kind: "consume", amount: amount * CREDIT, limit, occurredAt: now }, now);
  };
  grant(1, 10n);
  grant(2, 20n, { category: "paid" });
  burn(3, 4n);
  burn(4, 9n);
  grant(5, 50n, { effectiveAt: start + 7 * DAY });
  burn(6, 27n, "soft");
  book.carryOut(pool, { kind: "settle" }, start + 7 * DAY + HOUR);
  grant(8, 5n, { expiresAt: start + 10 * DAY });
  burn(9, 1n);
  burn(12, 2n);
  grant(13, 7n, { expiresAt: start + 200 * DAY });
}
