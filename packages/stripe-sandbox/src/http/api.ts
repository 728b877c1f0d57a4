import express, { type Request, type Response, type Router } from "express";
import { parse } from "qs";
import { StripeProblem } from "../errors.ts";
import { newId } from "../ids.ts";
import type { World } from "../world.ts";
import { API_VERSION } from "../api-version.ts";
import { authenticate, refuseOtherVersions } from "./authenticate.ts";
import type { Endpoint, Prepared } from "./endpoint.ts";
import { expanded } from "./expansion.ts";
import { faultAnswer, problemAnswer, takeExpand } from "./answers.ts";
import type { Fault, Faults } from "./faults.ts";
import type { Answer, IdempotencyKeys } from "./idempotency.ts";
import { plain } from "./plain.ts";
import type { RequestLog } from "./request-log.ts";

/** What the API is made of. */
export interface ApiParts {
  world: World;
  endpoints: readonly Endpoint[];
  secretKeys: readonly string[];
  faults: Faults;
  keys: IdempotencyKeys;
  log: RequestLog;
}

interface Work {
  request: Request;
  response: Response;
  requestId: string;
  raw: Record<string, unknown>;
  prepare: (raw: Record<string, unknown>) => Prepared;
}

/** Stripe's API: every endpoint below `/v1`. */
export function createApi(parts: ApiParts): Router {
  const router = express.Router();
  router.use(express.text({ type: "application/x-www-form-urlencoded", limit: "1mb" }));
  for (const { method, path, prepare } of parts.endpoints) {
    router[method](path, (request, response) => answerRequest(parts, { request, response, prepare }));
  }
  router.all("/v1/*rest", (request, response) =>
    answerRequest(parts, {
      request,
      response,
      prepare() {
        throw new StripeProblem(404, {
          type: "invalid_request_error",
          message: `Unrecognized request URL (${request.method}: ${request.path}). The sandbox doubles only a part of Stripe's API.`,
        });
      },
    }),
  );
  return router;
}

async function answerRequest(
  parts: ApiParts,
  given: Pick<Work, "request" | "response" | "prepare">,
): Promise<void> {
  const { request, response } = given;
  const work: Work = { ...given, requestId: newId("req", 14), raw: paramsOf(request) };
  response.set("Request-Id", work.requestId);
  response.set("Stripe-Version", API_VERSION);
  const entry = parts.log.begin(request, work.requestId, work.raw);
  const fault = parts.faults.take(request.method, request.path);
  try {
    authenticate(request, parts.secretKeys);
    refuseOtherVersions(request, API_VERSION);
    const answer = await workUnderFault(parts, work, fault);
    if (answer === undefined) {
      entry.status = 0;
      request.socket.destroy();
      return;
    }
    entry.status = answer.status;
    response.status(answer.status).json(answer.body);
  } catch (error) {
    const answer = problemAnswer(error);
    entry.status = answer.status;
    response.status(answer.status).json(answer.body);
  }
}

/** The answer, or nothing when the connection shall be dropped. */
async function workUnderFault(
  parts: ApiParts,
  work: Work,
  fault: Fault | undefined,
): Promise<Answer | undefined> {
  if (fault?.kind === "drop") return undefined;
  // Stripe turns these away before it looks at the request, so that nothing is kept under its key.
  const refusedFirst = fault?.kind === "status" && fault.status !== undefined && fault.status < 500;
  if (refusedFirst && fault.afterWork !== true) return faultAnswer(fault);
  const answer = await workOnce(parts, work, fault);
  return fault?.kind === "timeout_after_success" ? undefined : answer;
}

async function workOnce(parts: ApiParts, work: Work, fault: Fault | undefined): Promise<Answer> {
  const { request, response, requestId, raw } = work;
  const key = request.method === "POST" ? request.get("Idempotency-Key") : undefined;
  if (key === undefined) return perform(parts, work, { fault, prepared: prepareWork(work) });
  const { method, path } = request;
  const kept = parts.keys.begin(key, { method, path, params: raw, requestId });
  response.set("Idempotency-Key", key);
  if (kept) {
    response.set({ "Idempotent-Replayed": "true", "Original-Request": kept.requestId });
    return kept;
  }
  try {
    const prepared = prepareWork(work);
    const answer = await perform(parts, work, { fault, prepared });
    parts.keys.finish(key, answer);
    return answer;
  } catch (error) {
    parts.keys.abandon(key);
    throw error;
  }
}

interface PreparedWork {
  run: Prepared;
  expand: readonly string[];
}

function prepareWork({ prepare, raw }: Work): PreparedWork {
  const { expand, rest } = takeExpand(raw);
  return { run: prepare(rest), expand };
}

async function perform(
  { world, faults }: ApiParts,
  { request, requestId }: Work,
  { fault, prepared }: { fault: Fault | undefined; prepared: PreparedWork },
): Promise<Answer> {
  if (fault?.kind === "hold") await faults.held();
  if (fault?.kind === "delay")
    await new Promise((resolve) => setTimeout(resolve, fault.milliseconds ?? 1000).unref());
  if (fault?.kind === "status" && fault.afterWork !== true) return faultAnswer(fault);
  const { id = "" } = request.params;
  world.request = { id: requestId, idempotencyKey: request.get("Idempotency-Key") ?? null };
  try {
    const result = prepared.run(world, String(id));
    const body = prepared.expand.length > 0 ? expanded(world, result, prepared.expand) : plain(result);
    return fault?.kind === "status" ? faultAnswer(fault) : { status: 200, body };
  } catch (error) {
    return problemAnswer(error);
  } finally {
    world.request = undefined;
  }
}

function paramsOf(request: Request): Record<string, unknown> {
  const body: unknown = request.body;
  const query = request.originalUrl.split("?")[1] ?? "";
  const encoded = request.method === "POST" && typeof body === "string" ? body : query;
  return parse(encoded, { depth: 10, arrayLimit: 1000, parameterLimit: 5000 });
}
