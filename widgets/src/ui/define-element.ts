import { warnOfOtherVersions } from "../versions.ts";

/**
 * Registers an element unless its tag is taken, so that loading the kit twice is harmless. Another version's element
 * stays, with one warning.
 */
export function defineElement(
  tag: string,
  element: CustomElementConstructor,
  registry: CustomElementRegistry | undefined = globalThis.customElements,
): void {
  // On a server there is nothing to register.
  if (!registry) return;
  warnOfOtherVersions();
  if (!registry.get(tag)) registry.define(tag, element);
}
