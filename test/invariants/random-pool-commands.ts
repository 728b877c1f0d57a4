import type { Asked as AskedFor, PoolCommand } from "../../bff/src/pools/command.ts";

const CREDIT = 1_000_000n;

type Random = (limit: number) => number;
type Base = Pick<PoolCommand, "contentHash" | "requestId" | "customerId" | "actor">;

/** What was asked for so far, of one customer. */
class Asked {
  readonly grants: string[] = [];
  readonly holds: string[] = [];
  readonly events: string[] = [];
}

/**
 * Commands of every kind, for customers `c1` … whose plan prices `image` and `draft`: grants that soon begin and soon
 * end, are changed, disputed and revoked; usage of all sorts, holds, corrections, and time that passes.
 */
export function randomPoolCommands(customers: number, random: Random): () => PoolCommand {
  let made = 0;
  const asked = new Map<string, Asked>();
  return () => {
    made += 1;
    const customerId = `c${1 + random(customers)}`;
    const known = asked.get(customerId) ?? new Asked();
    asked.set(customerId, known);
    const contentHash = String(made).padStart(32, "0");
    const base = { customerId, contentHash, requestId: "r", actor: { kind: "api_key", id: "key" } } as const;
    const kind = random(30);
    if (kind < 6) return randomGrant(base, { made, known, random });
    if (kind < 10) return randomChange(base, { made, known, random });
    if (kind < 15) return randomHold(base, { made, known, random });
    if (kind < 17) return randomReversal(base, { made, known, random });
    if (kind === 17) return { ...base, kind: "settle", id: null };
    return randomUsage(base, { made, known, random });
  };
}

interface Chance {
  readonly made: number;
  readonly known: Asked;
  readonly random: Random;
}

function randomGrant(base: Base, { made, known, random }: Chance): PoolCommand {
  const grantId = `g${made}`;
  known.grants.push(grantId);
  const effectiveAt = random(3) === 0 ? Date.now() + random(150) : null;
  return {
    ...base,
    kind: "grant",
    // A caller's key may stand for it instead of its own id.
    id: random(3) === 0 ? `idem:grants:k${made}` : `grant:${grantId}`,
    grantId,
    creditTypeId: "images",
    resourceId: random(4) === 0 ? "team-1" : "",
    amount: CREDIT * BigInt(1 + random(20)),
    category: random(2) === 0 ? "promo" : "paid",
    costBasis: null,
    priority: random(3),
    effectiveAt,
    expiresAt: random(2) === 0 ? (effectiveAt ?? Date.now()) + 100 + random(300) : null,
    reason: null,
    externalReference: null,
    metadata: {},
    source: { kind: "api", id: null },
    isPaymentPending: random(8) === 0,
  };
}

function randomChange(base: Base, { made, known, random }: Chance): PoolCommand {
  const about = { ...base, id: `idem:change:k${made}`, grantId: recent(known.grants, random) };
  const payment = { ...about, reason: null, source: { kind: "payment", id: null } };
  switch (random(6)) {
    case 0:
      return { ...about, kind: "revoke_grant", amount: null, reason: "fraud", externalReference: null };
    case 1: {
      const amount = BigInt(1 + random(8)) * CREDIT;
      return { ...about, kind: "revoke_grant", amount, reason: "part", externalReference: null };
    }
    case 2:
      return { ...payment, kind: "freeze_grant" };
    case 3:
      return { ...payment, kind: "unfreeze_grant" };
    case 4:
      return { ...payment, kind: "confirm_payment" };
    default:
      return {
        ...about,
        kind: "update_grant",
        priority: random(2) === 0 ? random(3) : undefined,
        effectiveAt: random(4) === 0 ? Date.now() + random(200) - 100 : undefined,
        expiresAt: random(3) === 0 ? Date.now() + 50 + random(500) : undefined,
        reason: "changed",
      };
  }
}

function randomHold(base: Base, { made, known, random }: Chance): PoolCommand {
  const holdId = recent(known.holds, random);
  const about = { ...base, id: random(2) === 0 ? null : `idem:holds:k${made}`, holdId };
  switch (known.holds.length === 0 ? 0 : random(5)) {
    case 0:
    case 1:
      known.holds.push(`h${made}`);
      return {
        ...base,
        ...spending(random),
        kind: "place_hold",
        id: `hold:h${made}`,
        holdId: `h${made}`,
        lifeMs: 1 + random(300),
        metadata: {},
      };
    case 2:
      return { ...about, kind: "release_hold" };
    case 3:
      return { ...about, kind: "extend_hold", lifeMs: random(600) };
    default: {
      const amount = random(3) === 0 ? null : (CREDIT * BigInt(random(8))) / 2n;
      return {
        ...about,
        kind: "capture_hold",
        amount,
        quantity: null,
        dimensions: null,
        isFinal: random(2) === 0,
      };
    }
  }
}

function randomReversal(base: Base, { made, known, random }: Chance): PoolCommand {
  const eventId = recent(known.events, random);
  return { ...base, kind: "reverse_event", id: `idem:reverse:k${made}`, eventId, reason: "mistake" };
}

function randomUsage(base: Base, { made, known, random }: Chance): PoolCommand {
  const limit = random(3) === 0 ? "soft" : null;
  if (random(4) === 0) {
    return {
      ...base,
      ...spending(random),
      kind: "consume",
      id: `consume:u${made}`,
      consumeId: `u${made}`,
      limit,
    };
  }
  const eventId = `e${made}`;
  known.events.push(eventId);
  return {
    ...base,
    kind: "event",
    id: `event:${eventId}`,
    eventId,
    featureId: random(8) === 0 ? "draft" : "image",
    quantity: CREDIT * BigInt(1 + random(9)),
    userId: random(2) === 0 ? `u${random(5)}` : null,
    resourceId: random(4) === 0 ? "team-1" : "",
    timestamp: random(5) === 0 ? Date.now() - random(86_400_000) : null,
    dimensions: null,
    limit,
    backfill: false,
  };
}

function spending(random: Random) {
  const amount = (CREDIT * BigInt(random(20))) / 4n;
  const asked: AskedFor =
    random(2) === 0
      ? { kind: "direct", creditTypeId: "images", amount }
      : { kind: "feature", featureId: "image", quantity: amount };
  return { asked, userId: null, resourceId: random(4) === 0 ? "team-1" : "", dimensions: null };
}

/** Mostly one of the last, so that what it is about is still there. */
function recent(ids: readonly string[], random: Random): string {
  return ids.at(-1 - random(Math.min(ids.length || 1, random(4) === 0 ? 50 : 4))) ?? "none";
}
