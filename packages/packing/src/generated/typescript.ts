import { type Described, isBoolean, isNumber, type KitElement } from "./elements.ts";

/** A doc comment at some depth; long ones have lines of their own, as people would write them. */
export function comment(text: string, indent = ""): string {
  const lines = text.replaceAll("*/", "*\\/").split("\n");
  if (lines.length === 1) return `${indent}/** ${text} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line && ` ${line}`}\n`).join("")}${indent} */\n`;
}

/** A member of an interface, with what is said of it. */
const member = ({ description }: Described, code: string) => `${comment(description, "  ")}  ${code};\n`;

const keyOf = (name: string) => (/^\w+$/.test(name) ? name : `"${name}"`);

/**
 * What frameworks' types are made of: for each element an interface of its properties, one of the attributes that are
 * spelled otherwise, and one of its events. Types are those of the classes, so that there is nothing to keep up with.
 */
export function elementTypes(elements: readonly KitElement[]): string {
  const classes = elements.map(({ className }) => className);
  const events = elements.flatMap((element) => element.events.map(({ type }) => type));
  const names = [...new Set([...classes, ...events])].sort();
  return [
    `import type {\n${names.map((name) => `  ${name},\n`).join("")}} from "./index.js";\n`,
    ...elements.map(interfacesOf),
    comment("What can be given to each element, and what it tells, by its tag."),
    "export interface CreditsElements {\n",
    ...elements.map(
      ({ tag, className, summary }) =>
        `${comment(summary, "  ")}  "${tag}": {\n    element: ${className};\n    properties: ${className}Properties;\n` +
        `    attributes: ${className}Attributes;\n    events: ${className}Events;\n  };\n`,
    ),
    `}\n${PROPS}`,
  ].join("");
}

/** What JSX of any framework takes that sets properties where there are any, and listens by `on` and an event's name. */
const PROPS = `
/** What \`on\` and the name of an event take. */
export type CreditsListeners<Events> = {
  [Name in keyof Events & string as \`on\${Name}\`]?: ((event: Events[Name]) => void) | undefined;
};

/** Properties, attributes and listeners of an element of the kit, for JSX of any framework. */
export type CreditsProps<Tag extends keyof CreditsElements> = CreditsElements[Tag]["properties"] &
  CreditsElements[Tag]["attributes"] &
  CreditsListeners<CreditsElements[Tag]["events"]>;
`;

function interfacesOf({ tag, className, properties, attributes, events }: KitElement): string {
  const property = (name: string) => `${className}["${name}"]`;
  const others = attributes.filter(({ name, property }) => name !== property);
  return [
    "\n",
    comment(`The properties of \`<${tag}>\`.`),
    `export interface ${className}Properties {\n`,
    ...properties.map((one) => member(one, `${one.name}?: ${property(one.name)}`)),
    "}\n\n",
    comment(`The attributes of \`<${tag}>\` that have another name than their properties.`),
    `export interface ${className}Attributes {\n`,
    ...others.map((one) => {
      const type = isBoolean(one)
        ? 'boolean | ""'
        : isNumber(one)
          ? "number | `${number}`"
          : property(one.property);
      return member(one, `${keyOf(one.name)}?: ${type} | undefined`);
    }),
    "}\n\n",
    comment(`The events of \`<${tag}>\`.`),
    `export interface ${className}Events {\n`,
    ...events.map((one) => member(one, `${keyOf(one.name)}: ${one.type}`)),
    "}\n",
  ].join("");
}

/** The members of an interface that has one for each tag. */
export function byTag(
  elements: readonly KitElement[],
  typeOf: (tag: string) => string,
  indent: string,
): string {
  return elements
    .map(({ tag, summary }) => `${comment(summary, indent)}${indent}"${tag}": ${typeOf(tag)};\n`)
    .join("");
}
