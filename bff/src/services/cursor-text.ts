import { hash } from "node:crypto";

/** Filters as they are asked for. */
export type Filters = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Parts as a text that callers hand back unread. */
export function encodeCursor(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** What a text was made of, if it is one of ours: callers may send anything. */
export function decodeCursor(cursor: string): unknown {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return parts;
  } catch {
    return null;
  }
}

/** What a cursor belongs to, in a few letters: asked with other filters, it would go on somewhere else. */
export function digestOf(name: string, filters: Filters): string {
  const given = Object.entries(filters)
    .filter(([, value]) => value !== undefined && value !== null)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return hash("sha256", JSON.stringify([name, given]), "base64url").slice(0, 12);
}
