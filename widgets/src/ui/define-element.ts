import { VERSION, warnOfOtherVersions, warnOfVersion } from "../versions.ts";

/** An element's class, stamped with the version of the kit it comes from. */
export type CreditsElementClass = CustomElementConstructor & { version: string };

/**
 * Registers an element unless its tag is taken, so that loading the kit twice is harmless. Another version's element
 * stays, with one warning.
 */
export function defineElement(
  tag: string,
  element: CreditsElementClass,
  registry: CustomElementRegistry | undefined = globalThis.customElements,
): void {
  // On a server there is nothing to register.
  if (!registry) return;
  warnOfOtherVersions();
  const known = registry.get(tag);
  if (!known) registry.define(tag, element);
  else if (versionOf(known) !== VERSION) warnOfVersion(versionOf(known));
}

function versionOf(element: CustomElementConstructor): string {
  return "version" in element ? String(element.version) : "an unknown version";
}
