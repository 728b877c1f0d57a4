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
  answer: Omit<Selectable<IdempotentAnswersTable>, "created_at" | "claimed_at">,
): Promise<void> {
  await transaction.insertInto("idempotent_answers").values(answer).execute();
}

/** A route and a key of it, and a digest of what is asked. */
export interface KeyClaim {
  readonly route: string;
  readonly key: string;
  readonly contentHash: string;
}

/**
 * Claims a key for the same content: one that nobody used, or whose work was given up by a process that died.
 * @returns whether it is ours now
 */
export async function claimIdempotencyKey(
  db: Kysely<Tables>,
  { route, key, contentHash }: KeyClaim,
): Promise<boolean> {
  const { rows } = await sql`
    insert into idempotent_answers (route, key, content_hash) values (${route}, ${key}, ${contentHash})
    on conflict (route, key) do update set claimed_at = clock_timestamp()
    where idempotent_answers.body is null and idempotent_answers.content_hash = excluded.content_hash
      and idempotent_answers.claimed_at < clock_timestamp() - interval '1 minute'
    returning 1`.execute(db);
  return rows.length > 0;
}

/** Keeps the answer of the work that a key was claimed for. */
export async function keepIdempotentAnswer(
  db: Kysely<Tables>,
  { route, key, status, body }: { route: string; key: string; status: number; body: string },
): Promise<void> {
  await db
    .updateTable("idempotent_answers")
    .set({ status, body })
    .where("route", "=", route)
    .where("key", "=", key)
    .where("body", "is", null)
    .execute();
}

/** Gives a key back whose work came to nothing. */
export async function releaseIdempotencyKey(
  db: Kysely<Tables>,
  { route, key }: { route: string; key: string },
): Promise<void> {
  await db
    .deleteFrom("idempotent_answers")
    .where("route", "=", route)
    .where("key", "=", key)
    .where("body", "is", null)
    .execute();
}
