import { hash } from "node:crypto";
import type { ExportKind } from "@credits-kit/contract";
import { z } from "zod";
import { fieldError } from "../../field-errors.ts";
import type { Database } from "../../storage/database.ts";
import { type Cut, CURSOR_DAYS, findCut } from "../../storage/pools/exports/take-cut.ts";

const VERSION = 1;

/** What a cursor belongs to: another export, or the same with other filters, would go on somewhere else. */
export interface CursorScope {
  readonly kind: ExportKind;
  readonly filters: Readonly<Record<string, string | number | undefined>>;
}

const cursorParts = z.tuple([
  z.literal(VERSION),
  z.string(),
  z.string().regex(/^[1-9]\d{0,17}$/),
  z.string().regex(/^[A-Za-z0-9_-]{12}$/),
]);

/** A cut as a cursor. */
export function cursorOf({ no, token }: Cut, scope: CursorScope): string {
  return Buffer.from(JSON.stringify([VERSION, digestOf(scope), no, token])).toString("base64url");
}

/** The cut that a cursor names. @throws ServiceError `validation_failed` for one of another export, or too old */
export async function cutOfCursor(database: Database, cursor: string, scope: CursorScope): Promise<Cut> {
  const { data } = cursorParts.safeParse(decode(cursor));
  if (data?.[1] !== digestOf(scope)) {
    throw fieldError("since", "must be a cursor of this export, asked with the same filters");
  }
  const cut = await findCut(database, { no: data[2], token: data[3] });
  if (cut) return cut;
  throw fieldError(
    "since",
    `is not known any more (cursors last ${CURSOR_DAYS} days): export from the beginning`,
  );
}

function decode(cursor: string): unknown {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return parts;
  } catch {
    return null;
  }
}

function digestOf({ kind, filters }: CursorScope): string {
  const given = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return hash("sha256", JSON.stringify([kind, given]), "base64url").slice(0, 12);
}
