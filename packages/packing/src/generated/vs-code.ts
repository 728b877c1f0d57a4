import { gather, isBoolean, type KitElement, valuesOf } from "./elements.ts";

const markdown = (value: string) => ({ kind: "markdown", value });

/** Completion of tags and attributes: `html.customData` of VS Code. Events and slots are in the text, it has no place for them. */
export function htmlCustomData(elements: readonly KitElement[]): object {
  return {
    version: 1.1,
    tags: elements.map((element) => ({
      name: element.tag,
      description: markdown(descriptionOf(element)),
      attributes: element.attributes.map((attribute) => ({
        name: attribute.name,
        description: markdown(attribute.description),
        // "v" is what VS Code calls the attributes that need no value.
        ...(isBoolean(attribute) ? { valueSet: "v" } : {}),
        ...(valuesOf(attribute).length > 0 ? { values: valuesOf(attribute).map((name) => ({ name })) } : {}),
      })),
    })),
  };
}

/** Completion of tokens and parts: `css.customData` of VS Code. */
export function cssCustomData(elements: readonly KitElement[]): object {
  const tokens = gather(elements, ({ tokens }) => tokens);
  const parts = gather(elements, ({ parts }) => parts);
  return {
    version: 1.1,
    properties: [...tokens].map(([name, meanings]) => ({
      name,
      description: markdown(meaningsOf(meanings)),
    })),
    pseudoElements: [...parts].map(([name, meanings]) => ({
      name: `::part(${name})`,
      description: markdown(meaningsOf(meanings)),
    })),
  };
}

/** What hovering over a tag shows. */
export function descriptionOf({ summary, remarks, events, slots }: KitElement): string {
  const list = (title: string, items: string[]) =>
    items.length > 0 ? [`**${title}**\n${items.join("\n")}`] : [];
  return [
    summary,
    ...(remarks ? [remarks] : []),
    ...list(
      "Events",
      events.map(({ name, description }) => `- \`${name}\`: ${description}`),
    ),
    ...list(
      "Slots",
      slots.map(({ name, description }) => `- ${name ? `\`${name}\`` : "(default)"}: ${description}`),
    ),
  ].join("\n\n");
}

/** One line for each meaning, with the elements that have it. */
export function meaningsOf(meanings: ReadonlyMap<string, readonly string[]>): string {
  return [...meanings].map(([meaning, tags]) => `- ${meaning} (\`${tags.join("`, `")}\`)`).join("\n");
}
