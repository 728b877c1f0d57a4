import { afterEach, beforeEach } from "node:test";
import { assertInvariants } from "../../audit/assert-invariants.ts";
import type { Database } from "../../storage/database.ts";
import { seedCustomers } from "../../storage/test-support/seed-customers.ts";
import type { Engine, TestDatabase } from "../../test-support/engines.ts";
import type { Outcome } from "../outcome.ts";
import { createPoolWriter, type PoolWriter, type PoolWriterOptions } from "../pool-writer.ts";

/** Each test's own database with a few customers, and write paths over it. */
export interface MoneyTest {
  readonly database: Database;
  /** Where it is; null on the embedded engine. */
  readonly url: string | null;
  /** What groups failed with and were recovered from. */
  readonly errors: unknown[];
  /** Opens a write path, as another process would; it is closed after the test. */
  writer(options?: Partial<PoolWriterOptions>): PoolWriter;
}

/** Gives each test of this suite a database, and audits it afterwards. */
export function setUpMoney(engine: Engine, customers = 8): MoneyTest {
  let opened: TestDatabase;
  let errors: unknown[] = [];
  let writers: PoolWriter[] = [];
  beforeEach(async () => {
    opened = await engine.open();
    await seedCustomers(opened.database, customers);
  });
  afterEach(async () => {
    await Promise.all(writers.map((writer) => writer.close()));
    await assertInvariants(opened.database);
    await opened.close();
    [writers, errors] = [[], []];
  });
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
