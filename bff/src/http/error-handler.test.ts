import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import express from "express";
import { expectProblem, TestClient } from "../test-support/index.ts";
import { ServiceError } from "../errors.ts";
import { errorHandler } from "./error-handler.ts";
import { createLogger } from "./logger.ts";
import { requestContext } from "./request-context.ts";

const CANARY = "canary-4711";

/** Serves one error and gives back the answer with all that was logged. */
async function answerTo(error: unknown) {
  const lines: string[] = [];
  const app = express();
  app.use(requestContext(createLogger("trace", { write: (line) => void lines.push(line) })));
  app.use(() => {
    throw error;
  });
  app.use(errorHandler({ publicUrl: "https://credits.test" }));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    const reply = await new TestClient(`http://127.0.0.1:${address.port}`, CANARY).send(
      "GET",
      `/${CANARY}?token=${CANARY}`,
    );
    return { reply, log: lines.join("") };
  } finally {
    server.close();
    await once(server, "close");
  }
}

test("an error of ours is told in full, its details beside the fixed members", async () => {
  const error = new ServiceError("insufficient_credits", "5 are needed, 2 are there.", {
    details: { required: "5", available: "2", status: 200, code: "forged", requestId: "forged" },
    errors: [{ path: "quantity", code: "insufficient_credits", message: "does not fit" }],
  });
  const { reply } = await answerTo(error);
  const problem = expectProblem(reply, 402, "insufficient_credits");
  assert.equal(problem.type, "https://credits.test/docs/errors#insufficient_credits");
  assert.equal(problem.title, "Not enough credits");
  assert.deepEqual(problem.errors, error.errors);
  assert.match(reply.text, /"required":"5","available":"2"/);
});

test("what nobody foresaw tells the caller nothing, and the log who asked", async () => {
  const databaseError = Object.assign(new Error(`invalid input syntax: "${CANARY}"`), {
    severity: "ERROR",
    code: "22P02",
    detail: CANARY,
    parameters: [CANARY],
    query: `select '${CANARY}'`,
  });
  const bodyError = Object.assign(new TypeError("boom"), {
    body: CANARY,
    headers: { authorization: CANARY },
  });
  for (const error of [
    databaseError,
    bodyError,
    new Error("outer", { cause: databaseError }),
    { secret: CANARY },
    CANARY,
  ]) {
    const { reply, log } = await answerTo(error);
    const { requestId, detail } = expectProblem(reply, 500, "internal");
    assert.match(log, new RegExp(requestId));
    assert.doesNotMatch(reply.text + log, new RegExp(CANARY));
    assert.doesNotMatch(detail, /boom|outer|syntax/);
    assert.doesNotMatch(reply.text, /stack|at /);
  }
});

test("a database out of reach is overload: the same request may be sent again", async () => {
  const gone = [
    Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" }),
    Object.assign(new Error("terminating connection"), { code: "57P01", severity: "FATAL" }),
    Object.assign(new Error("canceling statement"), { code: "57014", severity: "ERROR" }),
    new Error("Connection terminated unexpectedly"),
    new Error("timeout exceeded when trying to connect"),
  ];
  for (const error of gone) {
    const { reply } = await answerTo(error);
    expectProblem(reply, 503, "overloaded");
    assert.match(reply.headers.get("retry-after") ?? "", /^\d+$/);
    assert.doesNotMatch(reply.text, /ECONN|terminat|cancel/);
  }
});

test("a credential that fails is told how to authenticate", async () => {
  const { reply } = await answerTo(new ServiceError("unauthenticated", "No."));
  expectProblem(reply, 401, "unauthenticated");
  assert.equal(reply.headers.get("www-authenticate"), "Bearer");
});
