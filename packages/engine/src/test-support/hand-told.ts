import assert from "node:assert/strict";
import type { ConsumeCommand, GrantCommand } from "../pool/commands.ts";
import { type Ask, type Chapter, type Line, tell } from "./reference-model.ts";

/** One step worked out by hand: when, what is asked, and the lines or the refusal that must follow. */
export type Step = readonly [at: number, ask: Ask, ...told: readonly string[]];

/** Holds the model to a history worked out by hand, and to where it leaves the pool. */
export function assertTold(steps: readonly Step[], end: string): void {
  const chapters = tell(steps.map(([at, ask]) => ({ at, ask })));
  const told = chapters.map(({ lines, refusal }) => [
    ...lines.map(lineText),
    ...(refusal === null ? [] : [`refused: ${refusal}`]),
  ]);
  assert.deepEqual(
    told,
    steps.map(([, , ...expected]) => expected),
  );
  assert.equal(chapters.map(poolText).at(-1), end);
}

/** Credits that are paid for, of priority 0, from now on and without an end, unless said otherwise. */
export function grant(grantId: string, amount: number | bigint, terms: Partial<GrantCommand> = {}): Ask {
  return {
    ...{ kind: "grant", grantId, amount: BigInt(amount), category: "paid", priority: 0, asOf: null },
    ...{ effectiveAt: null, expiresAt: null, isPaymentPending: false },
    ...terms,
  };
}

/** An event that says of itself that it occurred at 0. */
export function consume(amount: number | bigint, limit: ConsumeCommand["limit"] = "hard"): Ask {
  return { kind: "consume", amount: BigInt(amount), limit, occurredAt: 0 };
}

export function hold(holdId: string, amount: number | bigint, expiresAt: number): Ask {
  return { kind: "place_hold", holdId, amount: BigInt(amount), expiresAt };
}

export function capture(holdId: string, amount: number | bigint, isFinal: boolean): Ask {
  return { kind: "capture_hold", holdId, amount: BigInt(amount), isFinal };
}

export function revoke(grantId: string, amount: number | null): Ask {
  return { kind: "revoke", grantId, amount: amount === null ? null : BigInt(amount) };
}

/** Such as `consumed -5 = 10 @3, a -5 held -2`. */
function lineText({ type, delta, endBalance, occurredAt, moves }: Line): string {
  const moved = moves.map(([id, amount, heldChange]) => {
    const isHeld = heldChange === 0n ? "" : ` held ${signed(heldChange)}`;
    return `, ${id} ${signed(amount)}${isHeld}`;
  });
  return `${type} ${signed(delta)} = ${endBalance} @${occurredAt}${moved.join("")}`;
}

/** Such as `a 10 held 4, b 0 frozen 3 revoked 2; h 4; balance 10, overage 0`. */
function poolText(chapter: Chapter): string {
  const { balance, overage } = chapter;
  const grants = [...chapter.remaining].map(([id, remaining]) => {
    const parts = (["held", "frozen", "revoked"] as const).map((part) => {
      const amount = chapter[part].get(id) ?? 0n;
      return amount === 0n ? "" : ` ${part} ${amount}`;
    });
    return `${id} ${remaining}${parts.join("")}`;
  });
  const holds = [...chapter.holds].map(([id, reserved]) => `${id} ${reserved}`);
  return [grants.join(", "), holds.join(", "), `balance ${balance}, overage ${overage}`].join("; ");
}

function signed(amount: bigint): string {
  return amount > 0n ? `+${amount}` : `${amount}`;
}
