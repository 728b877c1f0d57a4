import { decide } from "../pool/decide.ts";
import type { GrantCommand, Refusal } from "../pool/commands.ts";
import type { Draw, Entry, Grant, Pool } from "../pool/types.ts";
import { Host } from "./host.ts";
import type { Ask } from "./reference-model.ts";

type Terms = Omit<Extract<Ask, { kind: "update_grant" }>, "kind" | "grantId">;

/** One pool as an example tells it: at some time, somebody asks for something. Amounts are whole micro-credits. */
export class Scenario {
  readonly entries: Entry[] = [];
  readonly #host = new Host();
  readonly #askOfEntry = new Map<number, number>();
  #now = 0;
  #asked = 0;

  get pool(): Pool {
    return this.#host.pool;
  }

  at(now: number): this {
    this.#now = now;
    return this;
  }

  /** Grants credits: paid, priority 0, from now on and without an end unless said otherwise. */
  grant(grantId: string, amount: bigint | number, terms: Partial<GrantCommand> = {}): Refusal | null {
    return this.take({
      kind: "grant",
      asOf: null,
      grantId,
      amount: BigInt(amount),
      category: "paid",
      priority: 0,
      effectiveAt: null,
      expiresAt: null,
      isPaymentPending: false,
      ...terms,
    });
  }

  update(grantId: string, terms: Terms = {}): Refusal | null {
    return this.take({ kind: "update_grant", grantId, ...terms });
  }

  /** Revokes a part of a grant, or all of it. */
  revoke(grantId: string, amount: bigint | number | null = null): Refusal | null {
    return this.take({ kind: "revoke", grantId, amount: amount === null ? null : BigInt(amount) });
  }

  confirmPayment(grantId: string): Refusal | null {
    return this.take({ kind: "confirm_payment", grantId });
  }

  freeze(grantId: string): Refusal | null {
    return this.take({ kind: "freeze", grantId });
  }

  unfreeze(grantId: string): Refusal | null {
    return this.take({ kind: "unfreeze", grantId });
  }

  consume(amount: bigint | number, limit: "hard" | "soft" = "hard", occurredAt = this.#now): Refusal | null {
    return this.take({ kind: "consume", amount: BigInt(amount), limit, occurredAt });
  }

  /** Takes back the `consumed` entry with this number. */
  reverse(seq: number): Refusal | null {
    return this.take({ kind: "reverse", consumed: this.#askOfEntry.get(seq) ?? -1 });
  }

  /** Holds credits, for a day unless said otherwise. */
  hold(holdId: string, amount: bigint | number, expiresAt = this.#now + 86_400_000): Refusal | null {
    return this.take({ kind: "place_hold", holdId, amount: BigInt(amount), expiresAt });
  }

  /** Captures of a hold, and ends it unless said otherwise. */
  capture(holdId: string, amount: bigint | number, isFinal = true): Refusal | null {
    return this.take({ kind: "capture_hold", holdId, amount: BigInt(amount), isFinal });
  }

  release(holdId: string): Refusal | null {
    return this.take({ kind: "release_hold", holdId });
  }

  extend(holdId: string, expiresAt: number): Refusal | null {
    return this.take({ kind: "extend_hold", holdId, expiresAt });
  }

  settle(): Refusal | null {
    return this.take({ kind: "settle" });
  }

  /** @throws Error when the ask is about a grant, a hold or an event that there never was, or that was reversed. */
  take(ask: Ask): Refusal | null {
    const command = this.#host.commandOf(ask);
    if (!command) throw new Error(`there is nothing to ${ask.kind}`);
    const decision = decide(this.pool, command, this.#now);
    this.#host.learn(decision, ask, this.#asked);
    this.entries.push(...decision.entries);
    for (const { seq } of decision.entries) this.#askOfEntry.set(seq, this.#asked);
    this.#asked += 1;
    return decision.refusal;
  }

  /** What is in the balance of a grant; zero once it is spent or gone. */
  remaining(grantId: string): number {
    return Number(this.#grant(grantId)?.remaining ?? 0n);
  }

  /** What of a grant holds reserve, a dispute keeps out, and was revoked so far. */
  asideOf(grantId: string): { held: number; frozen: number; revoked: number } {
    const { held = 0n, frozen = 0n, revoked = 0n } = this.#grant(grantId) ?? {};
    return { held: Number(held), frozen: Number(frozen), revoked: Number(revoked) };
  }

  /** Whether the pool still carries a grant. */
  carries(grantId: string): boolean {
    return this.pool.grants.some((grant) => grant.id === grantId);
  }

  /**
   * The ledger, one line an entry: type, delta, end balance, and by grant what was drawn, and what holds reserve more
   * or less of it.
   */
  get ledger(): string[] {
    const names = new Map(this.entries.flatMap(({ grant }) => (grant ? [[grant.key, grant.id]] : [])));
    return this.entries.map(({ type, delta, endBalance, draws }) => {
      const drawn = draws.map((draw) => `, ${names.get(draw.grantKey)}${moved(draw)}`);
      return `${type} ${signed(delta)} = ${endBalance}${drawn.join("")}`;
    });
  }

  /** The last lines of the ledger, each with when it happened. */
  last(lines: number): string[] {
    const { ledger } = this;
    return this.entries
      .map((entry, index) => `${ledger[index]} @${entry.occurredAt}`)
      .slice(this.entries.length - lines);
  }

  #grant(grantId: string): Grant | undefined {
    return this.#host.grants.find((grant) => grant.id === grantId);
  }
}

function moved({ amount, heldChange }: Draw): string {
  const held = heldChange === 0n ? "" : ` held ${signed(heldChange)}`;
  return `${amount === 0n && held ? "" : ` ${signed(amount)}`}${held}`;
}

function signed(amount: bigint): string {
  return amount > 0n ? `+${amount}` : `${amount}`;
}
