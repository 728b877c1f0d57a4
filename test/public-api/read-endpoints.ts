import { z } from "zod";
import { type RouteDefinition, routes } from "@credits-kit/contract";
import type { PublicThing } from "./surface.ts";

/** As deep as shapes are told: an answer's list, its rows, and what is in them. */
const DEPTH = 4;

const node: z.ZodType<Shape> = z.lazy(() =>
  z.object({
    properties: z.record(z.string(), node).optional(),
    items: node.optional(),
    anyOf: z.array(node).optional(),
    oneOf: z.array(node).optional(),
    allOf: z.array(node).optional(),
    $ref: z.string().optional(),
  }),
);
const whole = z.looseObject({ $defs: z.record(z.string(), node).optional() });

interface Shape {
  properties?: Record<string, Shape> | undefined;
  items?: Shape | undefined;
  anyOf?: Shape[] | undefined;
  oneOf?: Shape[] | undefined;
  allOf?: Shape[] | undefined;
  $ref?: string | undefined;
}

/** Every endpoint with the names of what it takes and answers. */
export function readEndpoints(): PublicThing[] {
  const found: RouteDefinition[] = Object.values(routes);
  return found
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
    .flatMap((route): PublicThing[] => {
      const owner = nameOf(route);
      const { operationId, auth, scope, status, params, query, body, answer } = route;
      const of = (kind: string, schema: z.ZodType | undefined, io: "input" | "output") =>
        schema ? fieldsOf(schema, io).map((name): PublicThing => ({ owner, kind, name })) : [];
      const stream = typeof answer === "string" ? answer : undefined;
      const rows = typeof answer === "object" && "rows" in answer ? answer.rows : undefined;
      const object = typeof answer === "object" && !("rows" in answer) ? answer : undefined;
      return [
        {
          owner,
          kind: "operation",
          name: operationId,
          detail: [auth, scope, status].filter(Boolean).join(" "),
        },
        ...of("path", params, "input"),
        ...of("query", query, "input"),
        ...of("body", body, "input"),
        ...(stream === undefined ? [] : [{ owner, kind: "answer", name: stream }]),
        ...of("row", rows, "output"),
        ...of("answer", object, "output"),
      ];
    });
}

const nameOf = ({ method, path }: RouteDefinition): string => `${method.toUpperCase()} ${path}`;

function fieldsOf(schema: z.ZodType, io: "input" | "output"): string[] {
  const json = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  const { $defs = {} } = whole.parse(json);
  return [...new Set(namesIn(node.parse(json), { at: "", depth: DEPTH, defs: $defs }))].sort();
}

interface Place {
  at: string;
  depth: number;
  defs: Record<string, Shape>;
}

function namesIn(shape: Shape, place: Place): string[] {
  const { properties = {}, items, anyOf = [], oneOf = [], allOf = [], $ref } = shape;
  const { at, depth, defs } = place;
  if (depth === 0) return [];
  const named = $ref === undefined ? undefined : defs[$ref.replace("#/$defs/", "")];
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => {
      const path = at ? `${at}.${name}` : name;
      return [path, ...namesIn(inner, { at: path, depth: depth - 1, defs })];
    }),
    ...(items ? namesIn(items, { ...place, at: `${at}[]` }) : []),
    ...[...anyOf, ...oneOf, ...allOf, ...(named ? [named] : [])].flatMap((inner) => namesIn(inner, place)),
  ];
}
