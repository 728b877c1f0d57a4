import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import { taken } from "./reading.ts";

/** A body that can be sent. */
export type Request = [name: string, schema: z.ZodType, body: object];
/** A body that is answered. */
export type Answer = [name: string, schema: z.ZodType, body: unknown];

/** Tests that each request is taken, and refused with a key that nobody knows. */
export function assertTakesAll(requests: readonly Request[]): void {
  for (const [name, schema, body] of requests) {
    test(name, () => void taken(schema, JSON.parse(JSON.stringify(body))));

    test(`${name}: a key that nobody knows is refused by its name`, () => {
      const known = name.includes("a list") ? {} : body;
      const result = schema.safeParse({ ...known, amuont: 1 });
      assert.match(JSON.stringify(result.error?.issues ?? "taken"), /amuont/);
    });
  }
}

/** Tests that each answer is of its schema, which drops nothing of it. */
export function assertKeepsAll(answers: readonly Answer[]): void {
  for (const [name, schema, body] of answers) {
    test(name, () => assert.deepEqual(taken(schema, body), body));
  }
}
