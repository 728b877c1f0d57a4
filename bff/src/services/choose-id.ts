import { randomBytes } from "node:crypto";
import { fieldError } from "../field-errors.ts";

const MAX_SLUG = 60;
const NUMBERED = 9;

export interface IdChoice {
  /** The id that the caller chose, if any. */
  readonly given: string | undefined;
  readonly name: string;
  /** What the thing is called, for messages and for names without a Latin letter. */
  readonly kind: string;
}

/**
 * Inserts a thing under the given id, or under one made from its name, with a suffix where that is taken.
 * @param insert adds the row, or does nothing and answers undefined where the id is taken
 * @throws ServiceError `already_exists` when the given id is taken
 */
export async function insertWithId<Row>(
  choice: IdChoice,
  insert: (id: string) => Promise<Row | undefined>,
): Promise<Row> {
  for (const id of candidates(choice)) {
    const row = await insert(id);
    if (row !== undefined) return row;
  }
  throw fieldError("id", `is that of another ${choice.kind}`, "already_exists");
}

function* candidates({ given, name, kind }: IdChoice): Generator<string> {
  if (given !== undefined) {
    yield given;
    return;
  }
  const slug = slugOf(name) || slugOf(kind);
  yield slug;
  for (let number = 2; number <= NUMBERED; number += 1) yield `${slug}-${number}`;
  for (;;) yield `${slug}-${randomBytes(4).toString("hex")}`;
}

/** A name as an id: lower-case Latin letters and digits, with dashes between words. */
function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG)
    .replace(/^-|-$/g, "");
}
