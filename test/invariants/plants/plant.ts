import { type RawBuilder, sql } from "kysely";
import type { Violation } from "../../../bff/src/audit/report.ts";

/** A way to corrupt the life of a customer, and what the audit must say of it. */
export interface Plant {
  readonly what: string;
  /** Which life is corrupted; the plain one if left out. */
  readonly life?: "full";
  /** Whether the entries were sealed before. */
  readonly isSealed?: true;
  /** Whether their usage was summed up before. */
  readonly isSummed?: true;
  /** The invariant that must be named, and the entry, where it is one. */
  readonly invariant: Violation["invariant"];
  readonly seq: number | null;
  /** Nothing else may be named: the corruption breaks this invariant alone. */
  readonly alone?: true;
  readonly corrupt: (customerId: string) => RawBuilder<unknown>;
}

/** The rows of a customer. */
export const own = (customerId: string) => sql`customer_id = ${customerId}`;

/** An entry, or the command that wrote it. */
export const entry = (customerId: string, seq: number) => sql`${own(customerId)} and seq = ${seq}`;

/** A grant, by the entry that granted it. */
export const grant = (customerId: string, key: number) => sql`${own(customerId)} and key = ${key}`;
