import type { Draft } from "./random-draft.ts";
import {
  consumedFor,
  freeOf,
  grantFor,
  reservedBy,
  holdFor,
  holdingsOf,
  HUGE_UNIT,
  lastGrant,
  revocableOf,
  type World,
} from "./random-world.ts";
import type { Ask } from "./reference-model.ts";

const MOST_OF_A_GRANT = 10n ** 18n;
const MOST_OF_A_POOL = 9n * 10n ** 18n;

/** Makes an ask of a draft: about what the history asked for before, and around the amounts that are left of it. */
export function askOf(draft: Draft, world: World): Ask {
  const { kind } = draft;
  const { at, isBrimming } = world;
  if (isBrimming && draft.onTheFives && kind !== "reverse") return grantOf(draft, world);
  switch (kind) {
    case "settle":
      return { kind };
    case "grant":
      return grantOf(draft, world);
    case "consume":
      return consumeOf(draft, world);
    case "place_hold":
      return holdOf(draft, world);
    case "reverse": {
      const consumed = consumedFor(draft, world);
      return consumed === undefined ? consumeOf(draft, world) : { kind, consumed };
    }
    case "capture_hold":
    case "release_hold":
    case "extend_hold": {
      const holdId = holdFor(draft, world);
      if (holdId === undefined) return holdOf(draft, world);
      if (kind === "release_hold") return { kind, holdId };
      if (kind === "extend_hold")
        return { kind, holdId, expiresAt: instantOf(draft, at, draft.lives + draft.units) };
      const reserved = reservedBy(holdId, world);
      const most = draft.aim === "all" ? reserved + freeOf(world) : reserved;
      return { kind, holdId, amount: amountOf(draft, world, most), isFinal: draft.isFinal };
    }
    default: {
      const grantId = grantFor(draft, world);
      if (grantId === undefined) return grantOf(draft, world);
      if (kind === "update_grant") return updateOf(draft, { grantId, at });
      if (kind !== "revoke") return { kind, grantId };
      const part = () => amountOf(draft, world, revocableOf(grantId, world));
      return { kind, grantId, amount: draft.aim === "all" ? null : part() };
    }
  }
}

/** A grant of its own, or one that is the like of an earlier one in the first terms of the burn order. */
function grantOf(draft: Draft, world: World): Ask {
  const { unit, isBrimming, taken } = world;
  const { units, dust, isPending, begins, ends, alike, late } = draft;
  const asOf = late === null ? null : world.at - late;
  const at = asOf ?? world.at;
  const like = alike > 0 ? lastGrant(draft, world) : undefined;
  const expiresAt = ends === null || isBrimming ? null : instantOf(draft, at, ends);
  const effectiveAt = begins === null || isBrimming ? null : instantOf(draft, at, begins);
  return {
    ...{ kind: "grant", grantId: `g${taken.length}`, asOf, isPaymentPending: isPending && !isBrimming },
    amount: (isBrimming ? fillingOf(world) : BigInt(units) * unit) + dust,
    priority: like && alike >= 1 ? like.priority : draft.priority,
    expiresAt: like && alike >= 2 ? like.expiresAt : expiresAt,
    category: like && alike >= 3 ? like.category : draft.category,
    effectiveAt: like && alike >= 4 ? like.effectiveAt : effectiveAt,
  };
}

/** What makes the pool full, if one grant can. */
function fillingOf(world: World): bigint {
  const room = MOST_OF_A_POOL - holdingsOf(world);
  return room > 0n && room < MOST_OF_A_GRANT ? room : MOST_OF_A_GRANT;
}

/** Some of what is left; or, where the limit is soft, more than that, and on huge histories all that may be owed. */
function consumeOf(draft: Draft, world: World): Ask {
  const { limit, aim, units, feast, dust } = draft;
  const ask = { kind: "consume", limit, occurredAt: world.at - 7 } as const;
  const free = freeOf(world);
  if (limit === "soft" && aim === "all") return { ...ask, amount: free + BigInt(units) * feast * world.unit };
  if (limit === "hard" || world.unit < HUGE_UNIT || aim === "units")
    return { ...ask, amount: amountOf(draft, world, free) };
  const most = MOST_OF_A_POOL + free - (world.chapters.at(-1)?.overage ?? 0n);
  return { ...ask, amount: (most < MOST_OF_A_POOL ? most : MOST_OF_A_POOL) + dust };
}

function holdOf(draft: Draft, world: World): Ask {
  const amount = amountOf(draft, world, freeOf(world));
  const expiresAt = instantOf(draft, world.at, draft.lives);
  return { kind: "place_hold", holdId: `h${world.taken.length}`, amount, expiresAt };
}

function updateOf(draft: Draft, { grantId, at }: { grantId: string; at: number }): Ask {
  const { gives, priority, begins, ends } = draft;
  return {
    kind: "update_grant",
    grantId,
    ...(gives.includes("priority") ? { priority } : {}),
    ...(gives.includes("effectiveAt") ? { effectiveAt: instantOf(draft, at, begins ?? 0) } : {}),
    ...(gives.includes("expiresAt") ? { expiresAt: ends === null ? null : instantOf(draft, at, ends) } : {}),
  };
}

/** Some units, a part of what is left, or exactly that, give or take a micro-credit. */
function amountOf({ aim, units, feast, dust }: Draft, { unit, isBrimming }: World, left: bigint): bigint {
  if (aim === "units" || isBrimming) return BigInt(units % 10) * feast * unit + dust;
  return (aim === "part" ? (left * BigInt(units)) / 24n : left) + dust;
}

function instantOf({ onTheFives }: Draft, at: number, offset: number): number {
  return onTheFives ? Math.ceil((at + offset) / 5) * 5 : at + offset;
}
