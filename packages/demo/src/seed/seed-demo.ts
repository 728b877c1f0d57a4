import { CreditsApiError, type ServerClient } from "@credits-kit/client/server";
import { CREDIT_TYPES, FEATURES, PLANS } from "./catalogue.ts";
import { CROWD, PERSONAS, type SeedCustomer, type SeedGrant, type SeedUsage } from "./customers.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SUBSCRIBED_DAYS_AGO = 60;

/**
 * Seeds Lumen's catalogue and customers through the public API. Run it as often as you like: keys and ids are
 * stable, dates count from the customer's creation, and what exists already is left as it is.
 */
export async function seedDemo({ client }: { client: ServerClient }): Promise<void> {
  for (const input of CREDIT_TYPES) {
    await unlessThere(
      client.creditTypes.create({ ...input, idempotencyKey: `lumen:credit-type:${input.id}` }),
    );
  }
  for (const input of FEATURES) {
    await unlessThere(client.features.create({ ...input, idempotencyKey: `lumen:feature:${input.id}` }));
  }
  for (const input of PLANS) {
    await unlessThere(client.plans.create({ ...input, idempotencyKey: `lumen:plan:${input.id}` }));
  }
  await Promise.all([...PERSONAS, ...CROWD].map((customer) => seedCustomer(client, customer)));
}

async function seedCustomer(client: ServerClient, { id, name, plans, history }: SeedCustomer): Promise<void> {
  const { createdMs, planIds, references } = await openAccount(client, { id, name });

  const startsAt = new Date(createdMs - SUBSCRIBED_DAYS_AGO * DAY_MS).toISOString();
  for (const planId of plans) {
    if (planIds.has(planId)) continue;
    const idempotencyKey = `lumen:subscription:${id}:${planId}`;
    await unlessThere(client.subscriptions.create({ customerId: id, planId, startsAt, idempotencyKey }));
  }

  for (const [index, step] of history.entries()) {
    if (isUsage(step)) {
      await client.events.report(
        step.map((usage, item) => usageEvent(id, `${index}-${item}`, { usage, createdMs })),
      );
    } else if (!references.has(referenceOf(step))) {
      await unlessThere(client.grants.create(grantBody(id, step, createdMs)));
    }
  }
}

interface Account {
  createdMs: number;
  planIds: ReadonlySet<string>;
  references: ReadonlySet<string | null>;
}

/**
 * Creates the customer, or finds what one of old has. An answer to the creation means that it is new or that its key
 * still replays; all later keys then do the same. Keys are kept 30 days, a demo may live longer.
 */
async function openAccount(
  client: ServerClient,
  { id, name }: { id: string; name: string },
): Promise<Account> {
  const created = await unlessThere(
    client.customers.create({ id, name, idempotencyKey: `lumen:customer:${id}` }),
  );
  if (created) return { createdMs: Date.parse(created.createdAt), planIds: new Set(), references: new Set() };
  const [customer, subscriptions, grants] = await Promise.all([
    client.customers.get(id),
    client.subscriptions.list({ customerId: id, limit: 100 }),
    client.grants.list({ customerId: id, limit: 100 }),
  ]);
  return {
    createdMs: Date.parse(customer.createdAt),
    planIds: new Set(subscriptions.data.map((subscription) => subscription.planId)),
    references: new Set(grants.data.map((grant) => grant.externalReference)),
  };
}

function usageEvent(
  customerId: string,
  key: string,
  { usage, createdMs }: { usage: SeedUsage; createdMs: number },
) {
  const [hoursAgo, featureId, quantity = 1] = usage;
  const timestamp = new Date(createdMs - hoursAgo * HOUR_MS).toISOString();
  return { id: `lumen-seed-${key}`, customerId, featureId, quantity, timestamp };
}

function grantBody(customerId: string, grant: SeedGrant, createdMs: number) {
  const { reference: _, effectiveInDays, expiresInDays, ...body } = grant;
  const dateIn = (days: number | undefined) =>
    days === undefined ? undefined : new Date(createdMs + days * DAY_MS).toISOString();
  return {
    ...body,
    customerId,
    effectiveAt: dateIn(effectiveInDays),
    expiresAt: dateIn(expiresInDays),
    externalReference: referenceOf(grant),
    idempotencyKey: referenceOf(grant),
  };
}

function referenceOf(grant: SeedGrant): string {
  return `lumen:grant:${grant.reference}`;
}

function isUsage(step: SeedGrant | readonly SeedUsage[]): step is readonly SeedUsage[] {
  return Array.isArray(step);
}

/** The answer to a creation, or null when the thing exists already, by its id or under its key. */
async function unlessThere<Created>(creation: Promise<Created>): Promise<Created | null> {
  try {
    return await creation;
  } catch (error) {
    const isThere =
      error instanceof CreditsApiError &&
      (error.code === "already_exists" || error.code === "idempotency_conflict");
    if (isThere) return null;
    throw error;
  }
}
