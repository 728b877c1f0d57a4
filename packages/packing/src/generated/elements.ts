import { type Declaration, declarationsOf, type Manifest } from "./manifest.ts";

/** Something with a name that the documentation says something of. */
export interface Described {
  readonly name: string;
  readonly description: string;
}

export interface ElementAttribute extends Described {
  /** As TypeScript writes it. */
  readonly type: string;
  /** The property that follows it. */
  readonly property: string;
}

export interface ElementProperty extends Described {
  readonly type: string;
  /** Absent where data comes by script only. */
  readonly attribute: string | undefined;
}

export interface ElementEvent extends Described {
  /** The name of its class. */
  readonly type: string;
}

/** What hosts may know of an element. */
export interface KitElement {
  readonly tag: string;
  readonly className: string;
  /** One sentence, and what else there is to say. */
  readonly summary: string;
  readonly remarks: string;
  readonly status: string;
  readonly since: string;
  readonly attributes: readonly ElementAttribute[];
  readonly properties: readonly ElementProperty[];
  readonly methods: readonly Described[];
  readonly events: readonly ElementEvent[];
  /** The slot without a name is called "". */
  readonly slots: readonly Described[];
  readonly parts: readonly Described[];
  readonly tokens: readonly Described[];
}

/**
 * The elements of a manifest by their tags.
 * @throws Error where the documentation of an element lacks something
 */
export function elementsOf(manifest: Manifest): KitElement[] {
  return declarationsOf(manifest)
    .flatMap((declaration) => (declaration.tagName === undefined ? [] : [elementOf(declaration)]))
    .sort((one, other) => (one.tag < other.tag ? -1 : 1));
}

function elementOf(found: Declaration): KitElement {
  const tag = found.tagName ?? "";
  const { attributes = [], members = [], events = [], slots = [], cssParts = [], cssProperties = [] } = found;
  const told = (what: string, text: string | undefined): string => {
    if (!text) throw new Error(`${tag}: ${what} is missing`);
    return text;
  };
  const described = ({
    name,
    description,
  }: {
    name: string;
    description?: string | undefined;
  }): Described => ({
    name,
    description: told(`the description of ${name}`, description).replace(/\s+/g, " "),
  });
  const [summary = "", ...remarks] = told("@summary", found.summary).split("\n\n");
  const own = members.filter((member) => !member.static);
  return {
    tag,
    className: found.name,
    summary: summary.replace(/\s+/g, " "),
    remarks: remarks.join("\n\n").replace(/(\S)\n(\S)/g, "$1 $2"),
    status: told("@status", found.status),
    since: told("@since", found.since),
    attributes: attributes.map((attribute) => ({
      ...described(attribute),
      type: typeOf(attribute),
      property: attribute.fieldName,
    })),
    properties: own
      .filter(({ kind }) => kind === "field")
      .map((member) => ({ ...described(member), type: typeOf(member), attribute: member.attribute })),
    methods: own.filter(({ kind }) => kind === "method").map(described),
    events: events.map((event) => ({ ...described(event), type: event.type.text })),
    slots: slots.map(described),
    parts: cssParts.map(described),
    tokens: cssProperties.map(described),
  };
}

interface Typed {
  type?: { text: string } | undefined;
  parsedType?: { text: string } | undefined;
}

const typeOf = ({ type, parsedType }: Typed): string =>
  (parsedType ?? type)?.text.replace(/( \| (undefined|null))+$/, "") ?? "unknown";

export const isBoolean = ({ type }: { type: string }): boolean => type === "boolean";
export const isNumber = ({ type }: { type: string }): boolean => type === "number";

/** The values that can be named; a type may allow others too. */
export const valuesOf = ({ type }: { type: string }): string[] =>
  type
    .split(" | ")
    .filter((part) => /^"[^"]*"$/.test(part))
    .map((part) => part.slice(1, -1));

/** What is the same of several elements, by what is said of it. */
export function gather(
  elements: readonly KitElement[],
  pick: (element: KitElement) => readonly Described[],
): Map<string, Map<string, string[]>> {
  const gathered = new Map<string, Map<string, string[]>>();
  for (const element of elements)
    for (const { name, description } of pick(element)) {
      const known = gathered.get(name) ?? new Map<string, string[]>();
      known.set(description, [...(known.get(description) ?? []), element.tag]);
      gathered.set(name, known);
    }
  return gathered;
}
