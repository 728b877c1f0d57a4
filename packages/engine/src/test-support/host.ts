import { changeGrant } from "../pool/change-grant.ts";
import type { Command, Decision } from "../pool/commands.ts";
import { EMPTY_POOL, type Entry, type Grant, type HoldPart, type Pool } from "../pool/types.ts";
import type { Ask } from "./reference-model.ts";

type AskAboutGrant = Extract<
  Ask,
  { kind: "update_grant" | "revoke" | "confirm_payment" | "freeze" | "unfreeze" }
>;
type AskAboutHold = Extract<Ask, { kind: "capture_hold" | "release_hold" | "extend_hold" }>;

/**
 * What a host keeps beside a pool to tell the engine what people ask: which key an id has, how grants were left that the
 * pool no longer carries, what an event drew and what repaid overage.
 */
export class Host {
  pool: Pool = EMPTY_POOL;
  readonly #grantKeys = new Map<string, number>();
  readonly #holdKeys = new Map<string, number>();
  readonly #closed = new Map<number, Grant>();
  readonly #repaid = new Map<number, bigint>();
  /** What can be reversed: the `consumed` entries by the index of the ask that wrote them. */
  readonly #consumed = new Map<number, Entry>();

  /** The ask as a command, or nothing if it is about what there never was, or what was taken back already. */
  commandOf(ask: Ask): Command | null {
    switch (ask.kind) {
      case "grant":
      case "consume":
      case "place_hold":
      case "settle":
        return ask;
      case "capture_hold":
      case "release_hold":
      case "extend_hold":
        return this.#aboutHold(ask);
      case "reverse":
        return this.#reversal(ask.consumed);
      default:
        return this.#aboutGrant(ask);
    }
  }

  /** Takes in what became of the ask with this index. */
  learn({ entries, pool, closed, refusal }: Decision, ask: Ask, index: number): void {
    this.pool = pool;
    for (const entry of entries) this.#read(entry);
    for (const grant of closed) this.#closed.set(grant.key, grant);
    if (refusal !== null) return;
    const last = entries.at(-1);
    if (ask.kind === "consume" && last) this.#consumed.set(index, last);
    if (ask.kind === "reverse") this.#consumed.delete(ask.consumed);
  }

  /** Every grant ever accepted as it stands, the oldest first. */
  get grants(): Grant[] {
    return [...this.#grantKeys.values()].map((key) => {
      const grant = this.pool.grants.find((each) => each.key === key) ?? this.#closed.get(key);
      if (!grant) throw new Error(`grant ${key} was lost`);
      return grant;
    });
  }

  #read({ type, grant, reopens = [], change, hold, draws }: Entry): void {
    if (grant) this.#grantKeys.set(grant.id, grant.key);
    if (hold?.placed) this.#holdKeys.set(hold.placed.id, hold.key);
    for (const { key } of reopens) this.#closed.delete(key);
    const changed = change && this.#closed.get(change.grantKey);
    if (changed) this.#closed.set(changed.key, changeGrant(changed, change));
    if (type !== "overage_repaid") return;
    for (const { grantKey, amount } of draws) {
      this.#repaid.set(grantKey, (this.#repaid.get(grantKey) ?? 0n) - amount);
    }
  }

  #aboutGrant(ask: AskAboutGrant): Command | null {
    const grantKey = this.#grantKeys.get(ask.grantId);
    return grantKey === undefined ? null : { ...ask, grantKey, closed: this.#closed.get(grantKey) ?? null };
  }

  #aboutHold(ask: AskAboutHold): Command | null {
    const holdKey = this.#holdKeys.get(ask.holdId);
    return holdKey === undefined ? null : { ...ask, holdKey };
  }

  #reversal(consumed: number): Command | null {
    const entry = this.#consumed.get(consumed);
    if (!entry) return null;
    const draws = entry.draws.map(({ grantKey, amount }) => ({ grantKey, amount: -amount }));
    const repaid = [...this.#repaid]
      .map(([grantKey, amount]): HoldPart => ({ grantKey, amount }))
      .filter((part) => part.amount > 0n)
      .sort((left, right) => right.grantKey - left.grantKey);
    const closed = [...draws, ...repaid].flatMap(({ grantKey }) => this.#closed.get(grantKey) ?? []);
    return { kind: "reverse", seq: entry.seq, draws, overage: entry.overageChange, repaid, closed };
  }
}
