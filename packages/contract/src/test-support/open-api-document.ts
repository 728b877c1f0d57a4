import { z } from "zod";

const json = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.strictObject({ schema: json }));

const operation = z.strictObject({
  operationId: z.string(),
  summary: z.string().min(5),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.enum(["path", "query", "header"]),
        required: z.boolean(),
        description: z.string().optional(),
        schema: json,
      }),
    )
    .default([]),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(
    z.string().regex(/^[2-5]\d\d$/),
    z.strictObject({ description: z.string().min(1), content }),
  ),
});

/** The shape of an OpenAPI 3.1 document, as far as ours uses it; a key besides these would be a surprise. */
export const openApiDocument = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string(), version: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  paths: z.record(
    z.string().startsWith("/"),
    z.partialRecord(z.enum(["get", "post", "put", "patch", "delete"]), operation),
  ),
  webhooks: z.strictObject({}).optional(),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/), json),
    parameters: z.strictObject({}).optional(),
    securitySchemes: z.record(
      z.string(),
      z.looseObject({ type: z.literal("http"), scheme: z.literal("bearer") }),
    ),
  }),
});
export type OpenApiDocument = z.output<typeof openApiDocument>;
export type Operation = z.output<typeof operation> & { readonly method: string; readonly path: string };

export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, each]) => (each ? [{ ...each, method, path }] : [])),
  );
}

/** What a reference points at, or undefined. */
export function resolve(document: OpenApiDocument, ref: string): unknown {
  const name = /^#\/components\/schemas\/([^/]+)$/.exec(ref)?.[1];
  return name === undefined ? undefined : document.components.schemas[name];
}

/** The schemas that a request body may be, their references followed. */
export function bodySchemas(document: OpenApiDocument, { requestBody }: Operation): Schema[] {
  const follow = (node: unknown): Schema[] => {
    const { $ref, oneOf, ...rest } = schema.parse(node);
    if ($ref !== undefined) return follow(resolve(document, $ref));
    return oneOf?.flatMap(follow) ?? [rest];
  };
  return follow(requestBody?.content["application/json"]?.schema);
}

/** The keywords of JSON Schema 2020-12 that ours uses. */
const schema = z.strictObject({
  $ref: z.string().optional(),
  type: z.union([typeName(), z.array(typeName()).min(2)]).optional(),
  properties: z.record(z.string(), json).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.union([z.boolean(), json]).optional(),
  items: json.optional(),
  oneOf: z.array(json).min(2).optional(),
  anyOf: z.array(json).min(2).optional(),
  allOf: z.array(json).min(1).optional(),
  enum: z.array(z.unknown()).min(1).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  description: z.string().optional(),
  example: z.unknown().optional(),
});
export type Schema = z.output<typeof schema>;

function typeName() {
  return z.enum(["string", "number", "integer", "boolean", "object", "array", "null"]);
}

/** Every schema of the document, those inside others included, with where it stands. Throws where one is none. */
export function allSchemas(document: OpenApiDocument): { schema: Schema; where: string }[] {
  const inside = (node: unknown, where: string): { schema: Schema; where: string }[] => {
    const result = schema.safeParse(node);
    if (!result.success) throw new Error(`${where}: ${z.prettifyError(result.error)}`);
    const { properties = {}, items, additionalProperties, oneOf = [], anyOf = [], allOf = [] } = result.data;
    const parts: [string, unknown][] = [
      ...Object.entries(properties),
      ...Object.entries([...oneOf, ...anyOf, ...allOf]),
    ];
    if (items) parts.push(["items", items]);
    if (typeof additionalProperties === "object") parts.push(["additionalProperties", additionalProperties]);
    return [
      { schema: result.data, where },
      ...parts.flatMap(([key, part]) => inside(part, `${where}/${key}`)),
    ];
  };
  const named = Object.entries(document.components.schemas).flatMap(([name, each]) => inside(each, name));
  const used = operationsOf(document).flatMap(({ operationId, parameters, requestBody, responses }) => [
    ...parameters.flatMap((parameter) => inside(parameter.schema, `${operationId} ${parameter.name}`)),
    ...[requestBody, ...Object.values(responses)].flatMap((message) =>
      Object.values(message?.content ?? {}).flatMap((media) => inside(media.schema, operationId)),
    ),
  ]);
  return [...named, ...used];
}
