import type { ExportKind } from "@credits-kit/contract";
import { z } from "zod";
import { fieldError } from "../../field-errors.ts";
import type { Database } from "../../storage/database.ts";
import { type Cut, CURSOR_DAYS, findCut } from "../../storage/pools/exports/take-cut.ts";
import { decodeCursor, digestOf, encodeCursor, type Filters } from "../cursor-text.ts";

const VERSION = 1;

/** What a cursor belongs to: another export, or the same with other filters, would go on somewhere else. */
export interface CursorScope {
  readonly kind: ExportKind;
  readonly filters: Filters;
}

const cursorParts = z.tuple([
  z.literal(VERSION),
  z.string(),
  z.string().regex(/^[1-9]\d{0,17}$/),
  z.string().regex(/^[A-Za-z0-9_-]{12}$/),
]);

/** A cut as a cursor. */
export function cursorOf({ no, token }: Cut, { kind, filters }: CursorScope): string {
  return encodeCursor([VERSION, digestOf(kind, filters), no, token]);
}

/** The cut that a cursor names. @throws ServiceError `validation_failed` for one of another export, or too old */
export async function cutOfCursor(database: Database, cursor: string, scope: CursorScope): Promise<Cut> {
  const { data } = cursorParts.safeParse(decodeCursor(cursor));
  if (data?.[1] !== digestOf(scope.kind, scope.filters)) {
    throw fieldError("since", "must be a cursor of this export, asked with the same filters");
  }
  const cut = await findCut(database, { no: data[2], token: data[3] });
  if (cut) return cut;
  throw fieldError(
    "since",
    `is not known any more (cursors last ${CURSOR_DAYS} days): export from the beginning`,
  );
}
