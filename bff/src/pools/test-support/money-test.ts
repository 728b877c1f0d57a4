import { after, afterEach, before } from "node:test";
import { assertInvariants } from "../../audit/assert-invariants.ts";
import type { Database } from "../../storage/database.ts";
import { seedCustomers } from "../../storage/test-support/seed-customers.ts";
import type { Engine, TestDatabase } from "../../test-support/engines.ts";
import type { Outcome } from "../outcome.ts";
import { createPoolWriter, type PoolWriter, type PoolWriterOptions } from "../pool-writer.ts";

/** A database for the tests of a suite, and write paths over it. */
export interface MoneyTest {
  readonly database: Database;
  /** Where it is; null on the embedded engine. */
  readonly url: string | null;
  /** What groups failed with and were recovered from, in this test. */
  readonly errors: unknown[];
  /** Three customers for this test alone, who subscribe to a plan and have no credits yet. */
  customers(): [string, string, string];
  /** Opens a write path, as another process would; it is closed after the test. */
  writer(options?: Partial<PoolWriterOptions>): PoolWriter;
}

/** Opens a database for this suite, and audits it after each test. */
export function setUpMoney(engine: Engine): MoneyTest {
  let opened: TestDatabase;
  let errors: unknown[] = [];
  let writers: PoolWriter[] = [];
  let used = 0;
  before(async () => {
    opened = await engine.open();
    await seedCustomers(opened.database, 200);
  });
  afterEach(async () => {
    await Promise.all(writers.map((writer) => writer.close()));
    await assertInvariants(opened.database);
    [writers, errors] = [[], []];
  });
  after(() => opened.close());
  return {
    get database() {
      return opened.database;
    },
    get url() {
      return opened.url;
    },
    get errors() {
      return errors;
    },
    customers() {
      used += 3;
      return [`cus_${used - 3}`, `cus_${used - 2}`, `cus_${used - 1}`];
    },
    writer(options = {}) {
      const writer = createPoolWriter({
        database: opened.database,
        onCommitted: () => undefined,
        onError: (error) => errors.push(error),
        ...options,
      });
      writers.push(writer);
      return writer;
    },
  };
}

/** What became of commands in a word each: the balance in credits, or the code of the refusal. */
export function told(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    switch (outcome.kind) {
      case "applied":
        return `${outcome.entry.seq}: ${outcome.entry.balance / 1_000_000n}`;
      case "duplicate":
        return `duplicate of ${outcome.entry.seq}, now ${outcome.current.seq}: ${outcome.current.balance / 1_000_000n}`;
      case "rejected":
        return outcome.code;
      case "settled":
        return "settled";
    }
  });
}
