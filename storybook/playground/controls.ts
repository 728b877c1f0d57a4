import type { ArgTypesEnhancer, InputType, StrictInputType } from "storybook/internal/types";
import { elementOf, typeOf } from "../manifest.ts";
import { API_STATES, SCOPES } from "./playground-api.ts";

/** What playgrounds say themselves; they are not asked for it. */
const GIVEN = new Set(["session-url", "api-base", "customer", "lang"]);

const ofApi = (name: string, description: string, options: readonly string[]): StrictInputType => ({
  name,
  description,
  options,
  control: { type: "select" },
  table: { category: "The API, as it is played" },
});

/** A field for each attribute of an element, and for what the API does meanwhile. Everything else is for reading. */
export const argTypesOf: ArgTypesEnhancer = ({ argTypes, component, tags }) => {
  const readable = Object.fromEntries(
    Object.entries(argTypes).map(([name, argType]) => [name, { ...argType, control: false as const }]),
  );
  if (typeof component !== "string" || !tags.includes("playground")) return readable;
  const { attributes = [] } = elementOf(component);
  const settable = attributes.filter(({ name }) => !GIVEN.has(name));
  const api = {
    may: ofApi("session may", "What the session's scopes allow.", Object.keys(SCOPES)),
    answers: ofApi("answers", "What becomes of requests.", API_STATES),
  };
  const controls = settable.map((attribute): [string, StrictInputType] => {
    const described = readable[attribute.name] ?? { name: attribute.name };
    return [attribute.name, { ...described, ...controlOf(typeOf(attribute)) }];
  });
  // A property that is an attribute, too, is told once.
  const told = new Set(attributes.map(({ fieldName }) => fieldName));
  const names = new Set(attributes.map(({ name }) => name));
  const rest = Object.entries(readable).filter(([name]) => !told.has(name) || names.has(name));
  const first: Record<string, StrictInputType> = { ...Object.fromEntries(controls), ...api };
  return { ...first, ...Object.fromEntries(rest), ...first };
};

function controlOf(type: string): Pick<InputType, "control" | "options"> {
  const options = [...type.matchAll(/"([^"]*)"/g)].map(([, value]) => value);
  if (options.length > 0) return { control: { type: "select" }, options: [undefined, ...options] };
  if (/\bboolean\b/.test(type)) return { control: { type: "boolean" } };
  if (/\bnumber\b/.test(type)) return { control: { type: "number" } };
  return { control: { type: "text" } };
}
