import { type Ask, type Chapter, Telling } from "../../packages/engine/src/test-support/reference-model.ts";
import { monthsAfter } from "./naive-calendar.ts";

/*
 * The life of a customer with one subscription, told slowly: moment after moment, everything at its time. What a pool does
 * with what it is asked is told by the reference model of the engine; what a plan gives, and when, is told here, from the
 * rules of docs/subscriptions.md. No line is shared with the write path.
 */

/** What a plan includes, in micro-credits. */
export interface NaivePlan {
  readonly credits: bigint;
  readonly months: 1 | 12;
  readonly perSeat: boolean;
  /** The most that lives on in the next period. */
  readonly mostOver: bigint | "all";
}

/** A period of the subscription. */
interface Period {
  readonly no: number;
  startsAt: number;
  endsAt: number;
  /** What may still come over from the period before. */
  roomLeft: bigint | "all";
  /** Plan grants of it, by name: what was given, when. */
  readonly given: { name: string; amount: bigint; at: number; endsAt: number }[];
}

export class NaiveLife {
  readonly lines: string[] = [];
  readonly #telling = new Telling();
  readonly #periods: Period[] = [];
  readonly #instants = new Set<number>();
  #anchorAt: number;
  #anchorNo = 0;
  #plan: NaivePlan;
  #seats: number;
  #endsAt = Infinity;

  constructor(at: number, { plan, seats }: { plan: NaivePlan; seats: number }) {
    this.#anchorAt = at;
    this.#plan = plan;
    this.#seats = seats;
    this.#beginPeriod(at);
  }

  /** When the current period ends. */
  get periodEnd(): number {
    return this.#current.endsAt;
  }

  /** Lets the time pass up to and including a moment. */
  walkTo(now: number): void {
    for (;;) {
      const at = Math.min(...this.#instants, this.periodEnd);
      if (at > now) return;
      this.#instants.delete(at);
      if (at === this.periodEnd && at < this.#endsAt) {
        this.#beginPeriod(at);
      } else {
        // Nothing renews any more: the last period is over, and there is none after it.
        if (at === this.periodEnd) this.#current.endsAt = Infinity;
        this.#ask(at, { kind: "settle" });
      }
    }
  }

  /** Asks for something now; answers whether it was taken. */
  do(now: number, ask: Ask): boolean {
    this.walkTo(now);
    return this.#ask(now, ask).refusal === null;
  }

  isOver(now: number): boolean {
    return this.#endsAt <= now;
  }

  /** Ends with the current period. */
  cancel(now: number): void {
    this.walkTo(now);
    this.#endsAt = Math.min(this.#endsAt, this.periodEnd);
  }

  takeUpAgain(now: number): void {
    this.walkTo(now);
    this.#endsAt = Infinity;
  }

  /** Moves to another plan or number of seats: the difference comes now, less comes with the next period. */
  change(
    now: number,
    { plan = this.#plan, seats = this.#seats }: { plan?: NaivePlan; seats?: number },
  ): void {
    this.walkTo(now);
    const period = this.#current;
    const isNewLength = plan.months !== this.#plan.months;
    this.#plan = plan;
    this.#seats = seats;
    const counted = isNewLength ? this.#periods.flatMap((each) => each.given) : period.given;
    const given = counted.filter(({ endsAt }) => endsAt > now).map(({ amount }) => amount);
    if (isNewLength) {
      [this.#anchorAt, this.#anchorNo] = [now, period.no];
      [period.startsAt, period.endsAt] = [now, monthsAfter(now, plan.months)];
    }
    const missing = this.#perPeriod() - given.reduce((sum, each) => sum + each, 0n);
    if (missing > 0n) this.#give(now, `.${period.no}.${this.#changes(period) + 1}`, missing);
  }

  #changes(period: Period): number {
    return period.given.filter(({ name }) => name !== `.${period.no}`).length;
  }

  #perPeriod(): bigint {
    return this.#plan.perSeat ? this.#plan.credits * BigInt(this.#seats) : this.#plan.credits;
  }

  get #current(): Period {
    const period = this.#periods.at(-1);
    if (!period) throw new Error("there is no period yet");
    return period;
  }

  #beginPeriod(at: number): void {
    const no = this.#periods.length;
    const endsAt = monthsAfter(this.#anchorAt, this.#plan.months * (no + 1 - this.#anchorNo));
    this.#periods.push({ no, startsAt: at, endsAt, roomLeft: this.#plan.mostOver, given: [] });
    this.#ask(at, { kind: "settle" });
    this.#give(at, `.${no}`, this.#perPeriod());
  }

  #give(at: number, name: string, amount: bigint): void {
    const { given, endsAt } = this.#current;
    given.push({ name, amount, at, endsAt });
    this.#ask(at, recurring({ name, amount, endsAt }));
  }

  /** Asks the pool, tells its lines, and lets live on what may. */
  #ask(at: number, ask: Ask): Chapter {
    const chapter = this.#telling.next({ at, ask });
    if (ask.kind === "grant" && ask.expiresAt !== null) this.#instants.add(ask.expiresAt);
    if (ask.kind === "place_hold") this.#instants.add(ask.expiresAt);
    const ended = chapter.lines.map((line) => {
      this.lines.push(textOf(line));
      return { line, seq: this.lines.length };
    });
    for (const { line, seq } of ended) {
      const [move] = line.moves;
      if (line.type === "expired" && move) this.#carry(at, { name: move[0], amount: -move[1], seq });
    }
    return chapter;
  }

  #carry(at: number, expired: { name: string; amount: bigint; seq: number }): void {
    const origin = this.#periods.find(({ given }) => given.some(({ name }) => name === expired.name));
    const grant = origin?.given.find(({ name }) => name === expired.name);
    if (!origin || !grant || this.#endsAt <= at) return;
    const period = this.#current;
    let amount = expired.amount;
    if (origin === period) {
      // Only what was given before the period was begun anew ends within it.
      if (grant.at >= period.startsAt) return;
    } else {
      if (origin.no !== period.no - 1 && grant.endsAt < period.startsAt) return;
      if (period.roomLeft !== "all") {
        if (period.roomLeft < amount) amount = period.roomLeft;
        period.roomLeft -= amount;
      }
    }
    const name = `${expired.name}.r${expired.seq}`;
    if (amount > 0n) this.#ask(at, recurring({ name, amount, endsAt: period.endsAt }));
  }
}

function recurring({ name, amount, endsAt }: { name: string; amount: bigint; endsAt: number }): Ask {
  return {
    ...{ kind: "grant", asOf: null, grantId: name, amount, category: "recurring", priority: 0 },
    ...{ effectiveAt: null, expiresAt: endsAt, isPaymentPending: false },
  };
}

/** A line of a ledger, all that there is to it but when it was written. */
export function textOf(line: {
  readonly type: string;
  readonly occurredAt: number;
  readonly delta: bigint;
  readonly endBalance: bigint;
  readonly moves: readonly (readonly [name: string, amount: bigint, held: bigint])[];
}): string {
  const moved = line.moves.map(
    ([name, amount, held]) => `${name} ${amount}${held === 0n ? "" : ` held ${held}`}`,
  );
  const at = new Date(line.occurredAt).toISOString();
  return `${at} ${line.type} ${line.delta} = ${line.endBalance} [${moved.join(", ")}]`;
}
