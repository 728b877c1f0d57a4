import { type Kysely, sql } from "kysely";

/** Credit types, features, plans and keys: what stands apart from any customer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table credit_types (
      id text primary key,
      name text not null,
      description text,
      unit_singular text not null,
      unit_plural text not null,
      symbol text,
      low_balance_thresholds jsonb not null default '[]',
      grant_usage_thresholds jsonb not null default '[]',
      tracked_dimensions jsonb not null default '[]',
      archived_at timestamptz,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create table features (
      id text primary key,
      name text not null,
      unit_singular text,
      unit_plural text,
      archived_at timestamptz,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create table plans (
      id text primary key,
      version int not null,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  // A version never changes: subscribers stay on theirs, and processes may keep it in memory for ever.
  await sql`
    create table plan_versions (
      plan_id text not null references plans (id),
      version int not null,
      name text not null,
      credit_type_id text not null references credit_types (id),
      limit_mode text not null check (limit_mode in ('hard', 'soft')),
      top_up jsonb,
      rates jsonb not null,
      created_at timestamptz not null default clock_timestamp(),
      primary key (plan_id, version)
    )`.execute(db);
  await sql`
    create table api_keys (
      id text primary key,
      name text not null,
      secret_hash text not null unique,
      created_at timestamptz not null default clock_timestamp(),
      revoked_at timestamptz
    )`.execute(db);
  // Secrets that every replica must share and nobody configured, such as the key that signs session tokens.
  await sql`
    create table deployment_secrets (
      name text primary key,
      value text not null,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  // First answers of unsafe calls that belong to no customer; those of a customer stand in \`commands\`.
  await sql`
    create table idempotent_answers (
      route text not null,
      key text not null,
      content_hash uuid not null,
      status int not null,
      body text not null,
      created_at timestamptz not null default clock_timestamp(),
      primary key (route, key)
    )`.execute(db);
}
