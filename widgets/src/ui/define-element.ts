import { isServer } from "lit";
import { warnOfOtherVersions } from "../versions.ts";

/**
 * Registers an element unless its tag is taken, so that loading the kit twice is harmless. Another version's element
 * stays, with one warning.
 */
export function defineElement(
  tag: string,
  element: CustomElementConstructor,
  registry: CustomElementRegistry = customElements,
): void {
  // There is no page: whoever renders there takes the class.
  if (isServer) return;
  warnOfOtherVersions();
  if (!registry.get(tag)) registry.define(tag, element);
}
