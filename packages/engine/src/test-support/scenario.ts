import { decide } from "../pool/decide.ts";
import {
  type Command,
  EMPTY_POOL,
  type Entry,
  type GrantCommand,
  type Pool,
  type Refusal,
} from "../pool/types.ts";

/** One pool as an example tells it: at some time, somebody asks for something. Amounts are whole micro-credits. */
export class Scenario {
  pool: Pool = EMPTY_POOL;
  readonly entries: Entry[] = [];
  #now = 0;

  at(now: number): this {
    this.#now = now;
    return this;
  }

  /** Grants credits: paid, priority 0, from now on and without an end unless said otherwise. */
  grant(grantId: string, amount: bigint | number, terms: Partial<GrantCommand> = {}): Refusal | null {
    return this.take({
      kind: "grant",
      grantId,
      amount: BigInt(amount),
      category: "paid",
      priority: 0,
      effectiveAt: null,
      expiresAt: null,
      ...terms,
    });
  }

  consume(amount: bigint | number, limit: "hard" | "soft" = "hard", occurredAt = this.#now): Refusal | null {
    return this.take({ kind: "consume", amount: BigInt(amount), limit, occurredAt });
  }

  settle(): Refusal | null {
    return this.take({ kind: "settle" });
  }

  take(command: Command): Refusal | null {
    const { entries, pool, refusal } = decide(this.pool, command, this.#now);
    this.entries.push(...entries);
    this.pool = pool;
    return refusal;
  }

  /** What can be spent of a grant; zero once it is gone. */
  remaining(grantId: string): number {
    return Number(this.pool.grants.find((grant) => grant.id === grantId)?.remaining ?? 0n);
  }

  /** The ledger, one line an entry: type, delta, end balance and what was drawn on whom. */
  get ledger(): string[] {
    const names = new Map(
      this.entries.flatMap(({ grant }) => (grant ? [[grant.key, grant.id] as const] : [])),
    );
    return this.entries.map(({ type, delta, endBalance, draws }) => {
      const drawn = draws
        .map(({ grantKey, amount }) => `, ${names.get(grantKey)} ${signed(amount)}`)
        .join("");
      return `${type} ${signed(delta)} = ${endBalance}${drawn}`;
    });
  }
}

function signed(amount: bigint): string {
  return amount > 0n ? `+${amount}` : `${amount}`;
}
