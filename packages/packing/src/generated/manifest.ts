import { z } from "zod";

const text = z.object({ text: z.string() });
const documented = z.looseObject({ name: z.string(), description: z.string().optional() });

const attribute = documented.extend({
  fieldName: z.string(),
  type: text.optional(),
  parsedType: text.optional(),
});

const member = documented.extend({
  kind: z.enum(["field", "method"]),
  type: text.optional(),
  parsedType: text.optional(),
  attribute: z.string().optional(),
  static: z.boolean().optional(),
  return: z.object({ type: text }).optional(),
});

const declaration = z.looseObject({
  name: z.string(),
  tagName: z.string().optional(),
  summary: z.string().optional(),
  status: z.string().optional(),
  since: z.string().optional(),
  attributes: z.array(attribute).optional(),
  members: z.array(member).optional(),
  events: z.array(documented.extend({ type: text })).optional(),
  slots: z.array(documented).optional(),
  cssParts: z.array(documented).optional(),
  cssProperties: z.array(documented).optional(),
});

const manifest = z.looseObject({
  modules: z.array(z.looseObject({ path: z.string(), declarations: z.array(declaration) })),
});

/** What `custom-elements.json` says, as far as anything is made from it. */
export type Manifest = z.infer<typeof manifest>;

/** @throws ZodError where something has no name or no type */
export function parseManifest(json: string): Manifest {
  const parse: (json: string) => unknown = JSON.parse;
  return manifest.parse(parse(json));
}

/** A class of the manifest. */
export type Declaration = Manifest["modules"][number]["declarations"][number];

export const declarationsOf = ({ modules }: Manifest): Declaration[] =>
  modules.flatMap(({ declarations }) => declarations);
