import { warnOnce } from "./warn-once.ts";

/** The kit's version; a test holds it equal to package.json. */
export const VERSION = "0.1.0";

/** Holds the first version that came to this page; a symbol, so that no name of the host's is taken. */
const MARK = Symbol.for("credits-kit.version");

/** Says once that another version of the kit is on this page, too: each then keeps a connection of its own. */
export function warnOfOtherVersions(): void {
  const first: unknown = Reflect.get(globalThis, MARK) ?? VERSION;
  Reflect.set(globalThis, MARK, first);
  if (first !== VERSION)
    warnOnce("version", `versions ${String(first)} and ${VERSION} are both on this page; load one.`);
}
