import type { KitElement } from "./elements.ts";
import { byTag } from "./typescript.ts";

const own = `import type { CreditsElements } from "./elements.js";\n`;
const ownProps = own.replace("CreditsElements", "CreditsElements, CreditsProps");

/**
 * Types of the tags in React 19, whose JSX sets properties where the element has them, and listens by `on` and the name
 * of an event as it is.
 */
export function jsxTypes(elements: readonly KitElement[]): string {
  return `import type { DetailedHTMLProps, HTMLAttributes } from "react";
${ownProps}
type ElementOf<Tag extends keyof CreditsElements> = CreditsElements[Tag]["element"];

/** The props of a tag in React: its own, and those of every element. */
export type CreditsJsxProps<Tag extends keyof CreditsElements> = CreditsProps<Tag> &
  Omit<DetailedHTMLProps<HTMLAttributes<ElementOf<Tag>>, ElementOf<Tag>>, keyof CreditsProps<Tag>>;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
${byTag(elements, (tag) => `CreditsJsxProps<"${tag}">`, "      ")}    }
  }
}
`;
}

/**
 * Types of the tags in templates of Vue 3. Vue's tools know attributes by their names in camel case, and write values in a
 * template as they are: what is a number or a switch may be text there.
 */
export function vueTypes(elements: readonly KitElement[]): string {
  return `import type { HTMLAttributes, PublicProps } from "vue";
${own}
type Camel<Name extends string> = Name extends \`\${infer First}-\${infer Rest}\`
  ? \`\${First}\${Capitalize<Camel<Rest>>}\`
  : Name;

type Listeners<Events> = {
  [Name in keyof Events & string as \`on\${Capitalize<Camel<Name>>}\`]?: ((event: Events[Name]) => void) | undefined;
};

/** Attributes by the names of their properties: an attribute takes what a property takes, and its text. */
type Attributes<Attributes> = { [Name in keyof Attributes & string as Camel<Name>]?: Attributes[Name] };

type Own<Tag extends keyof CreditsElements> = Omit<
  CreditsElements[Tag]["properties"],
  keyof Attributes<CreditsElements[Tag]["attributes"]>
> &
  Attributes<CreditsElements[Tag]["attributes"]> &
  Listeners<CreditsElements[Tag]["events"]>;

/** An element of the kit as a component of Vue: a template ref to it is the element itself. */
export type CreditsVueComponent<Tag extends keyof CreditsElements> = new () => CreditsElements[Tag]["element"] & {
  $props: Own<Tag> & Omit<HTMLAttributes, keyof Own<Tag>> & PublicProps;
  $slots: { default?(): unknown };
};

declare module "vue" {
  /** What is put into an element's slots names them; Vue's own types leave that out. */
  interface HTMLAttributes {
    slot?: string | undefined;
  }
  interface GlobalComponents {
${byTag(elements, (tag) => `CreditsVueComponent<"${tag}">`, "    ")}  }
}
`;
}

/** Types of the tags in Svelte 5, which sets properties where the element has them, and in Svelte 4. */
export function svelteTypes(elements: readonly KitElement[]): string {
  return `import type { HTMLAttributes } from "svelte/elements";
${own}
type Listeners<Events> = {
  [Name in keyof Events & string as \`on\${Name}\` | \`on:\${Name}\`]?: ((event: Events[Name]) => void) | null | undefined;
};

type Own<Tag extends keyof CreditsElements> = CreditsElements[Tag]["properties"] &
  CreditsElements[Tag]["attributes"] &
  Listeners<CreditsElements[Tag]["events"]>;

/** What a tag of the kit takes in Svelte: its own, and what every element does. */
export type CreditsSvelteProps<Tag extends keyof CreditsElements> = Own<Tag> &
  Omit<HTMLAttributes<CreditsElements[Tag]["element"]>, keyof Own<Tag>>;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
${byTag(elements, (tag) => `CreditsSvelteProps<"${tag}">`, "    ")}  }
}
`;
}
