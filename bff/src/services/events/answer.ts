import { type EventResult, MAX_EVENTS_PER_CALL } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import type { Call, Deps } from "../call.ts";
import { reportEvents } from "./report.ts";

/** What may come in a body besides `events`: nothing. */
type Envelope = { readonly kind: "batch"; readonly items: readonly unknown[] } | { readonly kind: "bare"; readonly item: unknown };

/**
 * Answers `POST /v1/events`. A batch always answers 200 with a result for each item. One bare event answers with its own
 * status.
 * @throws ServiceError for a bad envelope, and for a bare event that was rejected: with its code
 */
export async function answerEvents(deps: Deps, call: Call, body: unknown): Promise<{ results: EventResult[] }> {
  const envelope = open(body);
  if (envelope.kind === "batch") return { results: await reportEvents(deps, call, envelope.items) };
  const [result] = await reportEvents(deps, call, [envelope.item]);
  if (!result) throw new Error("every event has a result");
  if (result.error) throw bareError(result, result.error);
  return { results: [result] };
}

function open(body: unknown): Envelope {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalid("", "must be an object: { events: [...] }, or one event");
  }
  if (!("events" in body)) return { kind: "bare", item: body };
  const stranger = Object.keys(body).find((key) => key !== "events");
  if (stranger !== undefined) throw invalid(stranger, "is not known here");
  const { events } = body;
  if (!Array.isArray(events)) throw invalid("events", "must be a list");
  if (events.length === 0 || events.length > MAX_EVENTS_PER_CALL) {
    throw invalid("events", `must have 1 to ${MAX_EVENTS_PER_CALL} events`);
  }
  return { kind: "batch", items: events };
}

function invalid(path: string, message: string): ServiceError {
  return new ServiceError("validation_failed", `${path === "" ? "The body" : path} ${message}.`, {
    errors: [{ path, code: "validation_failed", message }],
  });
}

function bareError(result: EventResult, error: NonNullable<EventResult["error"]>): ServiceError {
  const { code, path, message } = error;
  const known = result.balance === null ? {} : { balance: result.balance, seq: result.seq };
  return new ServiceError(code, `${path === "" ? "The event" : path} ${message}.`, {
    errors: [error],
    details: { ...known, ...(result.required === undefined ? {} : { required: result.required, available: result.available }) },
    ...(code === "overloaded" ? { retryAfterSeconds: 1 } : {}),
  });
}
