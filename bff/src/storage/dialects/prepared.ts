import { createHash } from "node:crypto";

/** Statement texts that are worth a named prepared statement on every connection, with their names. */
const names = new Map<string, string>();

/** Marks a statement of the hot path, so that each connection parses and plans it once. Returns the text. */
export function prepared(text: string): string {
  names.set(text, `ck_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`);
  return text;
}

/** The name of a marked statement. */
export function preparedName(text: string): string | undefined {
  return names.get(text);
}
