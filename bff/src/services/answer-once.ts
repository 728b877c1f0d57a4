import {
  findIdempotentAnswer,
  insertIdempotentAnswer,
  lockIdempotencyKey,
} from "../storage/idempotent-answers.ts";
import { inTransaction, type Transaction } from "../storage/transaction.ts";
import type { Call, Deps, StoredAnswer } from "./call.ts";
import { digestOf, replay } from "./replay.ts";

export interface OnceOptions<Answer> {
  /** What the request says, as it was parsed: another content under the same key is a conflict. */
  readonly content: unknown;
  /** The customer whose keys these are; keys without one are the deployment's. */
  readonly customerId?: string;
  readonly status: number;
  /** What is kept for replays, where that differs: an answer that shows a secret keeps none. */
  readonly keep?: (answer: Answer) => unknown;
}

/**
 * Does work once per `Idempotency-Key`, in one transaction with the record of it: a second request under the key gets
 * the first answer byte for byte. Of two at once, one works and the other waits for its answer. What throws is not
 * kept. Without a key, the work is simply done.
 * @throws ServiceError `idempotency_conflict` when the key was used for other content
 */
export async function answerOnce<Answer>(
  { deps, call }: { deps: Deps; call: Call },
  options: OnceOptions<Answer>,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer | StoredAnswer> {
  const { idempotency } = call;
  if (idempotency === null) return inTransaction(deps.database, work);
  const { customerId, status, keep = (answer) => answer } = options;
  const route = customerId === undefined ? idempotency.route : `${idempotency.route}:${customerId}`;
  const name = { route, key: idempotency.key };
  const contentHash = digestOf(options.content);
  return inTransaction(deps.database, async (transaction) => {
    await lockIdempotencyKey(transaction, name);
    const stored = await findIdempotentAnswer(transaction, name);
    if (stored) return replay(stored, contentHash);
    const answer = await work(transaction);
    const body = JSON.stringify(keep(answer));
    await insertIdempotentAnswer(transaction, { ...name, content_hash: contentHash, status, body });
    return answer;
  });
}
