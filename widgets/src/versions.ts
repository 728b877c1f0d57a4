import { warnOnce } from "./warn-once.ts";

/** The kit's version; a test holds it equal to package.json. */
export const VERSION = "0.1.0";

/** Holds the first version that came to this page; a symbol, so that no name of the host's is taken. */
const MARK = Symbol.for("credits-kit.version");

/** Says once that another version of the kit is on this page, too. Both work; each keeps a stream of its own. */
export function warnOfOtherVersions(): void {
  const first: unknown = Reflect.get(globalThis, MARK) ?? VERSION;
  Reflect.set(globalThis, MARK, first);
  if (first !== VERSION) warnOfVersion(String(first));
}

export function warnOfVersion(other: string): void {
  warnOnce(
    "version",
    `versions ${other} and ${VERSION} are both on this page. Elements that both define are those of ${other}, ` +
      "and each version keeps its own connection. Load one version only.",
  );
}
