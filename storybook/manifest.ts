import json from "virtual:custom-elements";
import type { Declaration, Manifest } from "../packages/packing/src/generated/manifest.ts";

const parse: (text: string) => Manifest = JSON.parse;

export const customElements = parse(json);

/** Every element that has a tag, in the order of their names. */
export const elements: readonly Element[] = customElements.modules
  .flatMap(({ declarations }) => declarations)
  .filter((declaration): declaration is Element => declaration.tagName !== undefined)
  .sort((one, other) => one.tagName.localeCompare(other.tagName));

type Element = Declaration & { tagName: string };

/** @throws Error where no element has the tag */
export function elementOf(tagName: unknown): Element {
  const found = elements.find((element) => element.tagName === tagName);
  if (!found) throw new Error(`no element ${String(tagName)} in the manifest`);
  return found;
}

/** What a type comes down to, as far as it can be written. */
export const typeOf = ({ type, parsedType }: NonNullable<Declaration["attributes"]>[number]): string =>
  (parsedType ?? type)?.text ?? "";
