import { type Described, gather, isBoolean, isNumber, type KitElement, valuesOf } from "./elements.ts";
import { meaningsOf } from "./vs-code.ts";

/** What JetBrains' editors know of a package: `web-types` of its package.json leads there. */
export function webTypes(
  elements: readonly KitElement[],
  { name, version }: { name: string; version: string },
) {
  return {
    $schema: "https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json",
    ...{ name, version, "description-markup": "markdown" },
    contributions: {
      html: { elements: elements.map((element) => contributionOf(element, name)) },
      css: {
        properties: [...gather(elements, ({ tokens }) => tokens)].map(([token, meanings]) => ({
          name: token,
          description: meaningsOf(meanings),
        })),
      },
    },
  };
}

function contributionOf(element: KitElement, module: string) {
  const { tag, className, summary, remarks, attributes, properties, events, slots, parts, tokens } = element;
  return {
    name: tag,
    description: [summary, remarks].filter(Boolean).join("\n\n"),
    source: { module, symbol: className },
    attributes: attributes.map((attribute) => ({
      ...plain(attribute),
      required: false,
      value: isBoolean(attribute) ? { kind: "no-value", type: "boolean" } : { type: typeOf(attribute) },
    })),
    slots: slots.map((slot) => ({ ...plain(slot), name: slot.name || "default" })),
    js: {
      properties: properties.map((property) => ({ ...plain(property), type: property.type })),
      events: events.map((event) => ({ ...plain(event), type: event.type })),
    },
    css: { parts: parts.map(plain), properties: tokens.map(plain) },
  };
}

const plain = ({ name, description }: Described) => ({ name, description });

/** A list of types is what the value may be, and what is offered. */
function typeOf(attribute: { type: string }): string | string[] {
  if (isNumber(attribute)) return "number";
  return valuesOf(attribute).length > 0 ? attribute.type.split(" | ") : attribute.type;
}
