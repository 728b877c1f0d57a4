import assert from "node:assert/strict";
import { test } from "node:test";
import { problem, type RouteDefinition } from "@credits-kit/contract";
import { GOOD, routesWithBody, useAttackedApp } from "../test-support/attacked-app.ts";
import { HOSTILE_VALUES } from "../test-support/hostile-values.ts";
import { oneEngine } from "../test-support/index.ts";
import { type Json, placesIn, withValueAt } from "../test-support/json-places.ts";

const AT_ONCE = 8;

/*
 * Every place of every body with every hostile value (RELIABILITY.md, section 6, A to E). Which places there are is read
 * from the schemas, so that a field that is new is attacked by itself. What a schema takes is left to the other tests;
 * what it refuses, the server must refuse as it does, name the place, and change no row.
 */
oneEngine((engine) => {
  // What a schema refuses never gets to a database, so that one of them is enough.
  if (engine.name !== "PGlite") return;
  const { send } = useAttackedApp(engine);

  for (const route of routesWithBody) {
    test(`${route.operationId} refuses every hostile value in every place of its body`, async () => {
      const attacks = attacksOn(route);
      assert.ok(attacks.length > 0);
      for (let from = 0; from < attacks.length; from += AT_ONCE) {
        await Promise.all(attacks.slice(from, from + AT_ONCE).map((attack) => strike(route, attack)));
      }
    });
  }

  async function strike(route: RouteDefinition, { place, json }: Attack): Promise<void> {
    const reply = await send(route, { json });
    const told = `${place} in ${JSON.stringify(json).slice(0, 300)}: ${reply.status} ${reply.text.slice(0, 300)}`;
    // A batch would answer 200 with the item rejected; these bodies are bare.
    assert.ok([404, 422].includes(reply.status), told);
    const { errors = [] } = problem.parse(JSON.parse(reply.text));
    assert.ok(errors.length > 0, told);
    assert.ok(!reply.text.includes("drop table"), told);
  }
});

interface Attack {
  readonly place: string;
  readonly json: Json;
}

/** The bodies that differ from a good one in one place, by a value that the schema refuses. */
function attacksOn({ operationId, body }: RouteDefinition): Attack[] {
  const good = GOOD[operationId];
  if (!body || !good) throw new Error(`${operationId} has no good body`);
  return placesIn(body, good).flatMap((path) =>
    HOSTILE_VALUES.map((value) => ({ place: path.join("."), json: withValueAt(good, path, value) })).filter(
      ({ json }) => !body.safeParse(json).success,
    ),
  );
}
