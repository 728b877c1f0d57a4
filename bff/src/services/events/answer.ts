import { type EventResult, MAX_EVENTS_PER_CALL } from "@credits-kit/contract";
import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import { fieldErrors, validationError } from "../../field-errors.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { reportEvents } from "./report.ts";

type Envelope =
  | { readonly kind: "batch"; readonly items: readonly unknown[] }
  | { readonly kind: "bare"; readonly item: unknown };

/** Besides `events` a batch has nothing. What is in the list is judged item by item. */
const batch = z.strictObject({ events: z.array(z.unknown()).min(1).max(MAX_EVENTS_PER_CALL) });

/**
 * Answers `POST /v1/events`. A batch always answers 200 with a result for each item. One bare event answers with its own
 * status.
 * @throws ServiceError for a bad envelope, and for a bare event that was rejected: with its code
 */
export async function answerEvents(
  deps: Deps,
  call: Call,
  body: unknown,
): Promise<{ results: EventResult[] } | StoredAnswer> {
  const envelope = open(body);
  const options = { content: body, customerId: onlyCustomerOf(envelope), status: 200, isFinal: isJudged };
  return answerClaimed({ deps, call }, options, () => report(deps, call, envelope));
}

type Results = Awaited<ReturnType<typeof report>>;

/** Whether every event was judged: one whose outcome is unknown must be sent again, also under the same key. */
function isJudged({ results }: Results): boolean {
  return !results.some(({ error }) => error?.code === "overloaded");
}

/** The customer whose events these are, if they are all of one. */
function onlyCustomerOf(envelope: Envelope): string | undefined {
  const items = envelope.kind === "batch" ? envelope.items : [envelope.item];
  const [first, ...others] = new Set(items.map(customerOf));
  return others.length === 0 ? first : undefined;
}

function customerOf(item: unknown): string | undefined {
  const isNamed = typeof item === "object" && item !== null && "customerId" in item;
  return isNamed && typeof item.customerId === "string" ? item.customerId.slice(0, 128) : undefined;
}

async function report(deps: Deps, call: Call, envelope: Envelope): Promise<{ results: EventResult[] }> {
  if (envelope.kind === "batch") {
    const results = await reportEvents(deps, call, envelope.items);
    if (results.every(({ error }) => error?.code === "overloaded")) throw nothingJudged();
    return { results };
  }
  const [result] = await reportEvents(deps, call, [envelope.item]);
  if (!result) throw new Error("every event has a result");
  if (result.error) throw bareError(result, result.error);
  return { results: [result] };
}

function open(body: unknown): Envelope {
  if (typeof body === "object" && body !== null && !Array.isArray(body) && !("events" in body)) {
    return { kind: "bare", item: body };
  }
  const parsed = batch.safeParse(body);
  if (parsed.success) return { kind: "batch", items: parsed.data.events };
  throw validationError(fieldErrors(parsed.error.issues, body));
}

/** The database was out of reach for all of a batch: the whole call is to be repeated, not item by item. */
function nothingJudged(): ServiceError {
  const message = "It is not known what became of these events: send the same ids again.";
  return new ServiceError("overloaded", message, { retryAfterSeconds: 1 });
}

function bareError(result: EventResult, error: NonNullable<EventResult["error"]>): ServiceError {
  const { code, path, message } = error;
  const known = result.balance === null ? {} : { balance: result.balance, seq: result.seq };
  const price =
    result.required === undefined ? {} : { required: result.required, available: result.available };
  return new ServiceError(code, path === "" ? `Not done: ${message}.` : `${path}: ${message}.`, {
    errors: [error],
    details: { ...known, ...price },
    ...(code === "overloaded" ? { retryAfterSeconds: 1 } : {}),
  });
}
