import {
  claimIdempotencyKey,
  findIdempotentAnswer,
  keepIdempotentAnswer,
  releaseIdempotencyKey,
} from "../storage/idempotent-answers.ts";
import type { Call, Deps, StoredAnswer } from "./call.ts";
import { digestOf, replay } from "./replay.ts";

export interface ClaimOptions<Answer> {
  /** What the request says: another content under the same key is a conflict. */
  readonly content: unknown;
  /** The customer whose keys these are; keys without one are the deployment's. */
  readonly customerId?: string | undefined;
  readonly status: number;
  /** Whether the answer is one to stay with; another is given, but not kept. */
  readonly isFinal?: (answer: Answer) => boolean;
  /** What is kept for replays, where that differs: an answer that shows a secret keeps none. */
  readonly keep?: (answer: Answer) => unknown;
}

/**
 * Does work under an `Idempotency-Key` that cannot be one transaction with the record of it, because it goes through
 * the write path. The work must be safe to repeat by ids of its own: should the process die before the answer is kept,
 * the next request does it again. Without a key, the work is simply done; what throws is not kept.
 * @throws ServiceError `idempotency_conflict`, `idempotency_in_progress`
 */
export async function answerClaimed<Answer>(
  { deps, call }: { deps: Deps; call: Call },
  { content, customerId, status, isFinal = () => true, keep = (answer) => answer }: ClaimOptions<Answer>,
  work: () => Promise<Answer>,
): Promise<Answer | StoredAnswer> {
  const { idempotency } = call;
  if (idempotency === null) return work();
  const route = customerId === undefined ? idempotency.route : `${idempotency.route}:${customerId}`;
  const name = { route, key: idempotency.key };
  const contentHash = digestOf(content);
  const db = deps.database.writer;
  if (!(await claimIdempotencyKey(db, { ...name, contentHash }))) {
    const stored = await findIdempotentAnswer(db, name);
    return replay(stored ?? { content_hash: contentHash, body: null }, contentHash);
  }
  try {
    const answer = await work();
    if (isFinal(answer)) await keepIdempotentAnswer(db, { ...name, status, body: bodyOf(keep(answer)) });
    else await releaseIdempotencyKey(db, name);
    return answer;
  } catch (error) {
    await releaseIdempotencyKey(db, name);
    throw error;
  }
}

function bodyOf(answer: unknown): string {
  const stored = typeof answer === "object" && answer !== null && "replayed" in answer && "body" in answer;
  return stored ? String(answer.body) : JSON.stringify(answer);
}
