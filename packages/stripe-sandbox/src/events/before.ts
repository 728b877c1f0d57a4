import { isDeepStrictEqual } from "node:util";
import { plain } from "../http/plain.ts";

/** Remembers an object; what this answers tells which of its values have changed since, as they were. */
export function before(object: object): () => Record<string, unknown> {
  const then = entriesOf(object);
  return () => {
    const now = entriesOf(object);
    return Object.fromEntries(
      Object.entries(then).filter(([key, value]) => !isDeepStrictEqual(value, now[key])),
    );
  };
}

function entriesOf(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, plain(value)]));
}
