import { type Kysely, type Selectable, sql } from "kysely";
import type { IdempotentAnswersTable, Tables } from "./tables.ts";

export type IdempotentAnswerRow = Pick<Selectable<IdempotentAnswersTable>, "content_hash" | "body">;

/** Waits for whoever works under the same key, until this transaction ends. */
export async function lockIdempotencyKey(
  transaction: Kysely<Tables>,
  { route, key }: { route: string; key: string },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${route} ${key}`}, 20))`.execute(transaction);
}

export function findIdempotentAnswer(
  transaction: Kysely<Tables>,
  { route, key }: { route: string; key: string },
): Promise<IdempotentAnswerRow | undefined> {
  return transaction
    .selectFrom("idempotent_answers")
    .select(["content_hash", "body"])
    .where("route", "=", route)
    .where("key", "=", key)
    .executeTakeFirst();
}

export async function insertIdempotentAnswer(
  transaction: Kysely<Tables>,
  answer: Omit<Selectable<IdempotentAnswersTable>, "created_at">,
): Promise<void> {
  await transaction.insertInto("idempotent_answers").values(answer).execute();
}
