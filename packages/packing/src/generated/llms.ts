import type { Described, KitElement } from "./elements.ts";

const HEAD = `# Credits Kit widgets

> Web components that show and sell a customer's prepaid credits inside a host's own product. Data comes from the kit's
> own API by a session token of the customer.

- \`import "@credits-kit/widgets/define"\` registers all elements, \`import "@credits-kit/widgets/<tag>/define"\` one of them.
  \`import { CreditsBalance } from "@credits-kit/widgets/credits-balance"\` is the class alone and registers nothing.
- Every element needs a session: \`session-url\` (an address of the host's server, POSTed with its cookies, which answers
  \`{ token, expiresAt }\` from \`POST /v1/widget-sessions\`), or the property \`fetchSession\`, or \`<credits-session>\` around it.
- Amounts of credits are decimal strings. Properties hold data and functions; attributes hold text.
- Types: \`@credits-kit/widgets/jsx\` (React 19), \`/vue\`, \`/svelte\`; components for React 17 and 18: \`@credits-kit/react\`.
- Looks: custom properties on the element or any ancestor, \`::part()\` for a part of it.
`;

/** A short and exact guide for language models, made from what the elements say of themselves. */
export function llmsText(elements: readonly KitElement[]): string {
  const drawn = elements.filter(({ tokens }) => tokens.length > 0);
  const common: Common = {
    attributes: sharedBy(elements, ({ attributes }) => attributes),
    properties: sharedBy(elements, ({ properties }) => properties).filter(({ attribute }) => !attribute),
    events: sharedBy(elements, ({ events }) => events),
    // What a token is for differs a little from element to element.
    tokens: sharedBy(drawn, ({ tokens }) => tokens.map(({ name }) => ({ name, description: "" }))),
  };
  const section = `## All elements\n${listsOf(common)}${namesOf("Tokens", common.tokens)}`;
  return [HEAD, section, ...elements.map((element) => sectionOf(element, common))].join("\n");
}

type Common = Pick<KitElement, "attributes" | "properties" | "events" | "tokens">;

/** What the first element has in common with all others. */
function sharedBy<Kind extends Described>(
  elements: readonly KitElement[],
  pick: (element: KitElement) => readonly Kind[],
): Kind[] {
  const [first, ...others] = elements.map(pick);
  const isSame = (one: Kind, other: Kind) => one.name === other.name && one.description === other.description;
  return (first ?? []).filter((one) => others.every((kinds) => kinds.some((other) => isSame(one, other))));
}

function sectionOf(element: KitElement, common: Common): string {
  const { tag, className, summary, remarks, status, since, methods, slots, parts, tokens } = element;
  const without = <Kind extends Described>(kinds: readonly Kind[], known: readonly Described[]) =>
    kinds.filter((one) => !known.some(({ name }) => name === one.name));
  return [
    `## <${tag}>\n\n${summary} Class \`${className}\`, ${status} since ${since}.\n`,
    remarks && `\n${remarks}\n`,
    listsOf({
      attributes: without(element.attributes, common.attributes),
      properties: without(element.properties, common.properties).filter(({ attribute }) => !attribute),
      events: without(element.events, common.events),
    }),
    list(
      "Methods",
      methods.map(({ name, description }) => `\`${name}()\`: ${description}`),
    ),
    list(
      "Slots",
      slots.map(({ name, description }) => `${name ? `\`${name}\`` : "(default)"}: ${description}`),
    ),
    namesOf("Parts", parts),
    namesOf("Tokens besides those of all", without(tokens, common.tokens)),
  ].join("");
}

function listsOf({ attributes, properties, events }: Omit<Common, "tokens">): string {
  const typed = ({ name, type, description }: Described & { type: string }) =>
    `\`${name}\` (${type}): ${description}`;
  return [
    list("Attributes", attributes.map(typed)),
    list("Properties without an attribute", properties.map(typed)),
    list("Events", events.map(typed)),
  ].join("");
}

const list = (title: string, items: readonly string[]) =>
  items.length > 0 ? `\n${title}:\n\n${items.map((item) => `- ${item}\n`).join("")}` : "";

const namesOf = (title: string, found: readonly Described[]) =>
  found.length > 0 ? `\n${title}: ${found.map(({ name }) => `\`${name}\``).join(" ")}\n` : "";
