import { idArray, numberArray, textArray, timeArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import type { GrantFacts } from "./grant-record.ts";

const INSERT = statement(`
  insert into grants (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, expires_at,
    cost_basis_amount, cost_basis_currency, reason, external_reference, metadata, actor_kind, actor_id, source_kind,
    source_id, created_at, updated_at)
  select g.customer_id, g.pool_no, g.key, g.grant_id, g.amount, g.category, g.priority, g.effective_at, g.expires_at,
    g.cost_basis_amount, g.cost_basis_currency, g.reason, g.external_reference, g.metadata::jsonb, g.actor_kind,
    g.actor_id, g.source_kind, g.source_id, g.created_at, g.created_at
  from unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::int[],
    $8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
    $15::text[], $16::text[], $17::text[], $18::text[], $19::timestamptz[])
    as g (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, expires_at,
      cost_basis_amount, cost_basis_currency, reason, external_reference, metadata, actor_kind, actor_id,
      source_kind, source_id, created_at)`);

/** Stores new grants; they hold nothing until their `granted` entries are written. */
export function insertGrants(connection: Connection, grants: readonly GrantFacts[]) {
  return run(connection, INSERT, [
    idArray(grants.map((grant) => grant.customerId)),
    numberArray(grants.map((grant) => grant.poolNo)),
    numberArray(grants.map((grant) => grant.key)),
    idArray(grants.map((grant) => grant.grantId)),
    numberArray(grants.map((grant) => grant.amount)),
    idArray(grants.map((grant) => grant.category)),
    numberArray(grants.map((grant) => grant.priority)),
    timeArray(grants.map((grant) => grant.effectiveAt)),
    timeArray(grants.map((grant) => grant.expiresAt)),
    textArray(grants.map((grant) => grant.costBasis?.amount ?? null)),
    textArray(grants.map((grant) => grant.costBasis?.currency ?? null)),
    textArray(grants.map((grant) => grant.reason)),
    textArray(grants.map((grant) => grant.externalReference)),
    textArray(grants.map((grant) => JSON.stringify(grant.metadata))),
    idArray(grants.map((grant) => grant.actor.kind)),
    textArray(grants.map((grant) => grant.actor.id)),
    idArray(grants.map((grant) => grant.source.kind)),
    textArray(grants.map((grant) => grant.source.id)),
    timeArray(grants.map((grant) => grant.createdAt)),
  ]);
}
