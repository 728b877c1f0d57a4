import { idArray, numberArray, textArray, timeArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import type { HoldFacts } from "./hold-record.ts";

const INSERT = statement(`
  insert into holds (customer_id, pool_no, key, hold_id, amount, expires_at, feature_id, user_no, quantity, dimensions,
    metadata, actor_kind, actor_id, request_id, created_at)
  select h.customer_id, h.pool_no, h.key, h.hold_id, h.amount, h.expires_at, h.feature_id, h.user_no, h.quantity,
    h.dimensions::jsonb, h.metadata::jsonb, h.actor_kind, h.actor_id, h.request_id, h.created_at
  from unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::bigint[], $6::timestamptz[], $7::text[], $8::int[],
    $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
    $15::timestamptz[])
    as h (customer_id, pool_no, key, hold_id, amount, expires_at, feature_id, user_no, quantity, dimensions,
      metadata, actor_kind, actor_id, request_id, created_at)`);

/** Stores new holds; they reserve nothing until their `hold_placed` entries are written. */
export function insertHolds(connection: Connection, holds: readonly HoldFacts[]) {
  return run(connection, INSERT, [
    idArray(holds.map((hold) => hold.customerId)),
    numberArray(holds.map((hold) => hold.poolNo)),
    numberArray(holds.map((hold) => hold.key)),
    idArray(holds.map((hold) => hold.holdId)),
    numberArray(holds.map((hold) => hold.amount)),
    timeArray(holds.map((hold) => hold.expiresAt)),
    textArray(holds.map((hold) => hold.featureId)),
    numberArray(holds.map((hold) => hold.userNo)),
    numberArray(holds.map((hold) => hold.quantity)),
    textArray(holds.map((hold) => (hold.dimensions === null ? null : JSON.stringify(hold.dimensions)))),
    textArray(holds.map((hold) => JSON.stringify(hold.metadata))),
    idArray(holds.map((hold) => hold.actor.kind)),
    textArray(holds.map((hold) => hold.actor.id)),
    textArray(holds.map((hold) => hold.requestId)),
    timeArray(holds.map((hold) => hold.createdAt)),
  ]);
}
