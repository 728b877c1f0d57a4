const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How auto top-ups are paced. Times in milliseconds. */
export const AUTO_PACE = {
  /** After a payment, before the next one of the same pool. */
  coolDownMs: MINUTE_MS,
  /** After a payment that failed. */
  backOffMs: HOUR_MS,
  /** After a payment that Stripe never made: another try has another key. */
  outageMs: 10 * MINUTE_MS,
  /** After an invoice that was not paid: nobody is written to every hour. */
  unpaidMs: 24 * HOUR_MS,
  /** So many failures in a row end it. */
  mostFailures: 3,
  /** No more than so many attempts of a pool within the window, whatever the amounts are. */
  rate: { most: 3, windowMs: 10 * MINUTE_MS },
  /** How long a payment waits for its payer to confirm it. */
  actionMs: 24 * HOUR_MS,
  /** How long whoever goes on with an attempt keeps it to itself. */
  leaseMs: MINUTE_MS,
  /** When Stripe does not answer, and when nothing can be bought, how long nobody looks again. */
  retryMs: MINUTE_MS,
  notSoldMs: 10 * MINUTE_MS,
} as const;

/** At which parts of a monthly limit its owner is told, in percent. */
export const WARNINGS = [80, 90, 100] as const;
