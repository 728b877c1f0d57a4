import { z } from "zod";
import { invalidRequest } from "../errors.ts";
import type { World } from "../world.ts";
import { readParams } from "./params.ts";

/** What the work of an endpoint is given. */
export interface Call<Params> {
  world: World;
  params: Params;
  /** The `:id` of the path; empty where there is none. */
  id: string;
}

/** An endpoint's work, its parameters read and found good. */
export type Prepared = (world: World, id: string) => unknown;

/** One method and path of the API. */
export interface Endpoint {
  method: "get" | "post" | "delete";
  path: string;
  /** Reads the parameters. @throws StripeProblem when Stripe would refuse them. */
  prepare(raw: Record<string, unknown>): Prepared;
}

interface Definition<Shape extends z.ZodRawShape> {
  method: Endpoint["method"];
  path: string;
  params: Shape;
  /** Parameters that Stripe has and the sandbox has not: refused with a message that says so. */
  notDoubled?: readonly string[];
  run(call: Call<z.output<z.ZodObject<Shape>>>): unknown;
}

/** Declares an endpoint: its parameters are checked before its work begins. */
export function endpoint<Shape extends z.ZodRawShape>(definition: Definition<Shape>): Endpoint {
  const shape = z.strictObject(definition.params);
  return {
    method: definition.method,
    path: definition.path,
    prepare(raw) {
      const missing = definition.notDoubled?.find((name) => name in raw);
      if (missing !== undefined) {
        throw invalidRequest(`The sandbox does not double the parameter ${missing}, which Stripe has.`, {
          code: "sandbox_not_doubled",
          param: missing,
        });
      }
      const params = readParams(shape, raw);
      return (world, id) => definition.run({ world, params, id });
    },
  };
}
