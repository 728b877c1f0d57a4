import { MAX_POOL } from "@credits-kit/amounts";
import { holdingsOf, isGone, lesserOf } from "./figures.ts";
import type { EntryDraft, LedgerWriter } from "./ledger-writer.ts";
import { returnCredits } from "./return-credits.ts";
import type { Refusal, ReverseCommand } from "./commands.ts";
import type { Draw, HoldPart, Instant } from "./types.ts";

/**
 * Takes a `consumed` entry back: restores the grants that paid for it, and ends or gives back the overage that it left.
 * What belongs to grants that are gone is not restored.
 */
export function reverse(writer: LedgerWriter, command: ReverseCommand, now: Instant): Refusal | null {
  const { pool } = writer;
  const standing = ({ grantKey }: HoldPart) => !isGone(writer.grant(grantKey, command.closed), now);
  const restored = command.draws.filter(standing);
  const stillOwed = lesserOf(command.overage, pool.overage);
  const givenBack = firstOf(netRepaid(writer, command.repaid).filter(standing), command.overage - stillOwed);
  const owedAgain = sumOf(givenBack);
  if (holdingsOf(pool) + sumOf(restored) + owedAgain > MAX_POOL) return { code: "amount_out_of_range" };
  if (owedAgain > 0n) {
    restore(writer, command, {
      type: "overage_repaid",
      draws: givenBack.map(drawOf),
      overageChange: owedAgain,
      occurredAt: now,
    });
  }
  restore(writer, command, {
    type: "reversed",
    draws: restored.map(drawOf),
    overageChange: -(stillOwed + owedAgain),
    occurredAt: now,
    reverses: command.seq,
  });
  returnCredits(
    writer,
    [...givenBack, ...restored].map((part) => part.grantKey),
    now,
  );
  return null;
}

/** Appends an entry that brings the grants back on which it draws, where the pool no longer carries them. */
function restore(writer: LedgerWriter, { closed }: ReverseCommand, draft: EntryDraft): void {
  const missing = draft.draws.filter(
    ({ grantKey }) => !writer.pool.grants.some(({ key }) => key === grantKey),
  );
  const reopens = missing.map((draw) => writer.grant(draw.grantKey, closed));
  writer.append(reopens.length > 0 ? { ...draft, reopens } : draft);
}

/** What each grant repaid, net and newest first, with what repaid by falling due just now: nobody knew of that yet. */
function netRepaid(writer: LedgerWriter, repaidBefore: readonly HoldPart[]): HoldPart[] {
  const repaidNow = writer.entries.filter((entry) => entry.type === "overage_repaid");
  const net = new Map(repaidBefore.map((part) => [part.grantKey, part.amount]));
  for (const { grantKey, amount } of repaidNow.flatMap((entry) => entry.draws)) {
    net.set(grantKey, (net.get(grantKey) ?? 0n) - amount);
  }
  return [...net].map(([grantKey, amount]) => ({ grantKey, amount })).sort((a, b) => b.grantKey - a.grantKey);
}

/** The first of the parts that make up an amount, the last of them cut to fit. */
function firstOf(parts: readonly HoldPart[], amount: bigint): HoldPart[] {
  let missing = amount;
  return parts.flatMap((part) => {
    const taken = lesserOf(part.amount, missing);
    missing -= taken;
    return taken > 0n ? [{ grantKey: part.grantKey, amount: taken }] : [];
  });
}

function drawOf({ grantKey, amount }: HoldPart): Draw {
  return { grantKey, amount, heldChange: 0n };
}

function sumOf(parts: readonly HoldPart[]): bigint {
  return parts.reduce((sum, part) => sum + part.amount, 0n);
}
