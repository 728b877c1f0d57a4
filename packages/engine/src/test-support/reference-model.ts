import type { Command, ConsumeCommand, GrantCommand } from "../pool/types.ts";

/*
 * The rules of credits told a second time, slowly. Nothing is kept but facts: which grants began and when, and who used
 * how much of which grant. Every number is added up from those facts whenever it is asked for. No line is shared with
 * the engine, only the names of its commands, so that both being wrong in the same way takes two separate mistakes.
 */

/** A command and when it was taken. Times never decrease along a history. */
export interface Taken {
  readonly at: number;
  readonly command: Command;
}

/** A ledger line as a reader of the ledger would see it. Moves name grants by their id, in the order drawn. */
export interface Line {
  readonly type: string;
  readonly occurredAt: number;
  readonly delta: bigint;
  readonly endBalance: bigint;
  readonly moves: readonly (readonly [grantId: string, amount: bigint])[];
}

/** What one command led to: the lines that fell due before it, its own, and where that left the pool. */
export interface Chapter {
  readonly lines: readonly Line[];
  readonly refusal: string | null;
  readonly balance: bigint;
  readonly overage: bigint;
  /** What can be spent of every grant ever accepted, spent and expired ones included. */
  readonly remaining: ReadonlyMap<string, bigint>;
}

type BurnTerms = Pick<GrantCommand, "priority" | "expiresAt" | "category"> & {
  effectiveAt: number;
  created: number;
};

/** CONTRACT.md, rule 7, term by term: the lesser row burns first. */
export function rankInBurnOrder(grant: BurnTerms): number[] {
  const rank = ["promo", "recurring", "paid"].indexOf(grant.category);
  return [grant.priority, grant.expiresAt ?? Infinity, rank, grant.effectiveAt, grant.created];
}

/** Sorts rows of numbers as a dictionary sorts words. */
export function byRows(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((term, index) => term !== right[index]);
  return at === -1 ? 0 : Math.sign((left[at] ?? 0) - (right[at] ?? 0));
}

/** Tells the whole history from its beginning: one chapter for each command. */
export function tell(history: readonly Taken[]): Chapter[] {
  const telling = new Telling();
  const chapters: Chapter[] = [];
  for (const { take } of timeline(history)) {
    const refusal = take(telling);
    if (typeof refusal !== "undefined") chapters.push(telling.closeChapter(refusal));
  }
  return chapters;
}

interface Happening {
  /** When; then expiries, activations, commands; then the order in which they were asked for. */
  readonly row: readonly number[];
  /** What it does; a command answers with its refusal or null. */
  readonly take: (telling: Telling) => string | null | void;
}

/** Everything that could happen, in the order in which it would: what the commands ask and what time brings. */
function timeline(history: readonly Taken[]): Happening[] {
  const happenings = history.flatMap(({ at, command }, index): Happening[] => {
    if (command.kind === "settle") return [{ row: [at, 2, index], take: () => null }];
    if (command.kind === "consume")
      return [{ row: [at, 2, index], take: (telling) => telling.spend(command) }];
    const asked: Happening = { row: [at, 2, index], take: (telling) => telling.accept(command, at, index) };
    const begins = command.effectiveAt ?? at;
    const scheduled: Happening = {
      row: [begins, 1, index],
      take: (telling) => telling.begin(index, begins, "activated"),
    };
    const ends = command.expiresAt ?? Infinity;
    const expiry: Happening = { row: [ends, 0, index], take: (telling) => telling.expire(index, ends) };
    return [asked, ...(begins > at ? [scheduled] : []), ...(ends < Infinity ? [expiry] : [])];
  });
  const until = history.at(-1)?.at ?? 0;
  return happenings
    .filter(({ row }) => (row[0] ?? 0) <= until)
    .sort((left, right) => byRows(left.row, right.row));
}

interface Fact extends BurnTerms {
  readonly id: string;
  readonly amount: bigint;
}

class Telling {
  #grants: Fact[] = [];
  #begun: number[] = [];
  #uses: { created: number; amount: bigint; repays: boolean }[] = [];
  #unpaid: bigint[] = [];
  #lines: Line[] = [];

  accept(command: GrantCommand, at: number, created: number): string | null {
    const { grantId: id, amount, category, priority, expiresAt } = command;
    const effectiveAt = command.effectiveAt ?? at;
    if (expiresAt !== null && (expiresAt <= at || expiresAt <= effectiveAt)) return "already_expired";
    const held = sum(
      this.#grants.map((grant) => (this.#begun.includes(grant.created) ? this.#left(grant) : grant.amount)),
    );
    if (amount < 1n || amount > 10n ** 18n || held + amount > 9n * 10n ** 18n) return "amount_out_of_range";
    this.#grants.push({ id, amount, category, priority, effectiveAt, expiresAt, created });
    if (effectiveAt > at) this.#write("granted", at, () => []);
    else this.begin(created, at, "granted");
    return null;
  }

  begin(created: number, at: number, type: "granted" | "activated"): void {
    const grant = this.#grants.find((each) => each.created === created);
    if (!grant) return;
    this.#write(type, at, () => {
      this.#begun.push(created);
      return [[grant.id, grant.amount]];
    });
    const owed = this.#overage();
    if (owed > 0n) this.#write("overage_repaid", at, () => [this.#use(grant, owed, true)]);
  }

  expire(created: number, at: number): void {
    const grant = this.#grants.find((each) => each.created === created);
    if (grant && this.#left(grant) > 0n)
      this.#write("expired", at, () => [this.#use(grant, grant.amount, false)]);
  }

  spend({ amount, limit, occurredAt }: ConsumeCommand): string | null {
    const balance = this.#balance();
    const most = 9n * 10n ** 18n;
    if (limit === "hard" && amount > 0n && balance < amount) {
      return `insufficient_credits: ${amount} of ${balance < 0n ? 0n : balance}`;
    }
    if (amount < 0n || amount > most || amount - balance > most) return "amount_out_of_range";
    this.#write("consumed", occurredAt, () => {
      const spendable = this.#grants.filter((grant) => this.#left(grant) > 0n);
      spendable.sort((left, right) => byRows(rankInBurnOrder(left), rankInBurnOrder(right)));
      const before = sum(this.#uses.map((use) => use.amount));
      const used = () => sum(this.#uses.map((use) => use.amount)) - before;
      const moves = spendable.flatMap((grant) =>
        used() < amount ? [this.#use(grant, amount - used(), false)] : [],
      );
      this.#unpaid.push(amount - used());
      return moves;
    });
    return null;
  }

  closeChapter(refusal: string | null): Chapter {
    const lines = this.#lines;
    this.#lines = [];
    const remaining = new Map(this.#grants.map((grant) => [grant.id, this.#left(grant)]));
    return { lines, refusal, balance: this.#balance(), overage: this.#overage(), remaining };
  }

  /** Uses up to `wanted` of a grant. */
  #use(grant: Fact, wanted: bigint, repays: boolean): [string, bigint] {
    const left = this.#left(grant);
    const amount = left < wanted ? left : wanted;
    this.#uses.push({ created: grant.created, amount, repays });
    return [grant.id, -amount];
  }

  #write(type: string, occurredAt: number, happen: () => [string, bigint][]): void {
    const before = this.#balance();
    const moves = happen();
    const endBalance = this.#balance();
    this.#lines.push({ type, occurredAt, delta: endBalance - before, endBalance, moves });
  }

  #left(grant: Fact): bigint {
    if (!this.#begun.includes(grant.created)) return 0n;
    return (
      grant.amount - sum(this.#uses.filter((use) => use.created === grant.created).map((use) => use.amount))
    );
  }

  #overage(): bigint {
    return sum(this.#unpaid) - sum(this.#uses.filter((use) => use.repays).map((use) => use.amount));
  }

  #balance(): bigint {
    return sum(this.#grants.map((grant) => this.#left(grant))) - this.#overage();
  }
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
