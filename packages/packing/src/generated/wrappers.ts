import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { analyze } from "../custom-elements.ts";
import { elementsOf, type KitElement } from "./elements.ts";
import { comment } from "./typescript.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Where the components for React stand. */
export const wrappersFolder = join(root, "packages/react/src");

const HEAD =
  "// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.\n";

/** The sources of the components for React 17 and 18 by their names, as the elements are now. */
export async function makeWrappers(): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "credits-kit-wrappers-"));
  try {
    const elements = elementsOf(await analyze(join(root, "widgets"), folder));
    const files = new Map(elements.map((element) => [`${element.tag}.ts`, wrapperOf(element)]));
    files.set("index.ts", indexOf(elements));
    const options = await resolveConfig(join(wrappersFolder, "index.ts"));
    for (const [name, code] of files)
      files.set(name, await format(code, { ...options, parser: "typescript" }));
    return files;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `credits-top-up-request` is heard by `onTopUpRequest`. */
export const listenerOf = (event: string): string =>
  `on${event.replace(/^credits/, "").replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())}`;

function wrapperOf({ tag, className, summary, properties, events }: KitElement): string {
  const element = `${className}Element`;
  const own = properties.map(({ name }) => `"${name}"`).join(" | ");
  const types = [...new Set(events.map(({ type }) => type))].sort();
  return `${HEAD}import "@credits-kit/widgets/${tag}/define";
import type { ${types.join(", ")} } from "@credits-kit/widgets";
import { ${className} as ${element} } from "@credits-kit/widgets/${tag}";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

${comment(`What listens to the events of \`<${tag}>\`.`)}export interface ${className}Listeners {
${events.map((event) => `${comment(event.description, "  ")}  ${listenerOf(event.name)}?: (event: ${event.type}) => void;\n`).join("")}}

${comment(`The properties of \`<${tag}>\`, its listeners, and what every element takes.`)}export type ${className}Props =
  WrapperProps<${element}, ${own}, ${className}Listeners>;

${comment(summary)}export const ${className}: Wrapper<${element}, ${className}Props> = createComponent({
  tagName: "${tag}",
  elementClass: withProperties(${element}),
  react: React,
  events: {
${events.map(({ name, type }) => `    ${listenerOf(name)}: named<${type}>("${name}"),\n`).join("")}  },
  displayName: "${className}",
});
`;
}

const indexOf = (elements: readonly KitElement[]) =>
  HEAD +
  elements
    .map(
      ({ tag, className }) =>
        `export { ${className}, type ${className}Listeners, type ${className}Props } from "./${tag}.ts";\n`,
    )
    .join("");
