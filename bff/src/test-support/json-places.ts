import { z } from "zod";

/** A JSON value, as a test writes it. */
export type Json = unknown;

type Path = readonly string[];

/**
 * The places of a body that its schema knows: every member of every object, as deep as the good body or the schema goes.
 * Of a union, the form that the good body has.
 */
export function placesIn(schema: z.ZodType, good: Json): Path[] {
  const root = schemaNode.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  return walk(root, { root, good, path: [] });
}

interface Walk {
  readonly root: SchemaNode;
  readonly good: Json;
  readonly path: Path;
}

interface SchemaNode {
  readonly $ref?: string | undefined;
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly anyOf?: readonly SchemaNode[] | undefined;
  readonly oneOf?: readonly SchemaNode[] | undefined;
  readonly allOf?: readonly SchemaNode[] | undefined;
  readonly items?: SchemaNode | undefined;
  readonly $defs?: Readonly<Record<string, SchemaNode>> | undefined;
}

const schemaNode: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    properties: z.record(z.string(), schemaNode).optional(),
    anyOf: z.array(schemaNode).optional(),
    oneOf: z.array(schemaNode).optional(),
    allOf: z.array(schemaNode).optional(),
    items: schemaNode.optional(),
    $defs: z.record(z.string(), schemaNode).optional(),
  }),
);

function walk(node: SchemaNode, { root, good, path }: Walk): Path[] {
  const resolved = resolve(node, root);
  const forms = [...(resolved.anyOf ?? []), ...(resolved.oneOf ?? []), ...(resolved.allOf ?? [])];
  const places = forms.flatMap((form) => walk(form, { root, good, path }));
  for (const [name, member] of Object.entries(resolved.properties ?? {})) {
    const below = isRecord(good) && name in good ? good[name] : undefined;
    // A batch is another way to write the same body.
    if (name === "events" && below === undefined) continue;
    const at = [...path, name];
    places.push(at, ...(below === undefined ? [] : walk(member, { root, good: below, path: at })));
  }
  if (resolved.items && Array.isArray(good) && good.length > 0) {
    const at = [...path, "0"];
    places.push(at, ...walk(resolved.items, { root, good: good[0], path: at }));
  }
  return unique(places);
}

function resolve(node: SchemaNode, root: SchemaNode): SchemaNode {
  const name = node.$ref?.replace("#/$defs/", "");
  return name === undefined ? node : (root.$defs?.[name] ?? root);
}

function unique(places: readonly Path[]): Path[] {
  return [...new Map(places.map((place) => [place.join("."), place])).values()];
}

/** A copy with another value in one place. */
export function withValueAt(json: Json, [first, ...rest]: Path, value: Json): Json {
  if (first === undefined) return value;
  if (Array.isArray(json)) {
    return json.map((item: Json, index) => (String(index) === first ? withValueAt(item, rest, value) : item));
  }
  const members = isRecord(json) ? json : {};
  return { ...members, [first]: withValueAt(members[first], rest, value) };
}

function isRecord(json: Json): json is Readonly<Record<string, Json>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
