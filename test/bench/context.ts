import type { OwnPostgres } from "../support/postgres.ts";

export interface BenchContext {
  /** A durable Postgres of its own, shared by our code and the baselines. */
  postgres: OwnPostgres;
  /** How long each measurement runs. */
  seconds: number;
  /** How often each contender runs; at least five for a figure that counts. */
  rounds: number;
  /** How many ledger entries the longest history has; a million for a figure that counts. */
  entries: number;
  /** Progress for a person; never part of the result. */
  log(line: string): void;
}

/** The figures of one case, one key of the machine-readable result. */
export type Figures = Record<string, unknown>;

export interface BenchCase {
  name: string;
  run(context: BenchContext): Promise<Figures>;
}
