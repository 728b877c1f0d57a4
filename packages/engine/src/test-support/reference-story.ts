import {
  byRows,
  count,
  Facts,
  goneAs,
  type GrantFact,
  type HoldFact,
  isHold,
  isInBalance,
  least,
  type Place,
  type Transfer,
} from "./reference-facts.ts";
import type { Line, Move } from "./history.ts";

/** Something that falls due: when; hold expiries, grant expiries, activations; then the older first. */
interface Due {
  readonly row: readonly [at: number, kind: number, age: number];
  readonly happen: (occurredAt: number) => void;
}

/** The facts so far, the lines that tell them, and what time does to them by itself. */
export class Story {
  readonly facts = new Facts();
  readonly lines: Line[] = [];
  /** The index of the ask that is being told. */
  asked = -1;

  /** Lets everything happen that is due by now, one thing after the other; nothing is told as earlier than `since`. */
  passTime(now: number, since: number): void {
    for (let due = this.#nextDue(now); due; due = this.#nextDue(now)) {
      due.happen(Math.max(due.row[0], since));
    }
  }

  #nextDue(now: number): Due | undefined {
    const { facts } = this;
    const dues: Due[] = [];
    for (const [age, hold] of facts.holds.entries()) {
      const happen = (at: number) => this.endHold(hold, at);
      if (hold.isOpen) dues.push({ row: [hold.expiresAt, 0, age], happen });
    }
    for (const [age, grant] of facts.grants.entries()) {
      const expire = (at: number) => this.takeAll("expired", grant, at);
      const free = facts.at("free", grant.id);
      if (grant.expiresAt !== null && free > 0n)
        dues.push({ row: [grant.expiresAt, 1, age], happen: expire });
      const begin = (at: number) => this.begin(grant, at);
      const isWaiting = facts.at("waiting", grant.id) > 0n && !grant.isPaymentPending && !grant.isFrozen;
      if (isWaiting) dues.push({ row: [grant.effectiveAt, 2, age], happen: begin });
    }
    return dues.filter(({ row }) => row[0] <= now).sort((left, right) => byRows(left.row, right.row))[0];
  }

  /** The credits of a grant come into the balance. */
  begin(grant: GrantFact, at: number): void {
    this.write("activated", at, () => {
      grant.isPaymentPending = false;
      this.move(grant, ["waiting", "free"]);
    });
    this.repayWith(grant, at);
  }

  repayWith(grant: GrantFact, at: number): void {
    const owed = this.facts.overage();
    if (owed > 0n && this.facts.at("free", grant.id) > 0n)
      this.write("overage_repaid", at, () => this.move(grant, ["free", "repaid"], owed));
  }

  /** All that is free of a grant leaves the balance. */
  takeAll(type: "expired" | "revoked" | "frozen", grant: GrantFact, at: number): void {
    this.write(type, at, () => this.move(grant, ["free", type]));
  }

  endHold(hold: HoldFact, at: number): void {
    const place: Place = `hold ${hold.id}`;
    const concerned = this.facts.grants.filter((grant) => this.facts.at(place, grant.id) > 0n);
    this.write("hold_released", at, () => {
      hold.isOpen = false;
      for (const grant of this.facts.grantsInBurnOrder()) this.move(grant, [place, "free"]);
    });
    this.welcomeBack(concerned, at);
  }

  /** Credits of these grants came free again: they stay only if nothing became of the grant in the meantime. */
  welcomeBack(concerned: readonly GrantFact[], at: number): void {
    for (const grant of this.facts.grantsInBurnOrder()) {
      if (!concerned.includes(grant) || this.facts.at("free", grant.id) === 0n) continue;
      const gone = goneAs(grant, at);
      if (gone !== null) this.takeAll(gone, grant, at);
      else if (grant.isFrozen) this.takeAll("frozen", grant, at);
      else this.repayWith(grant, at);
    }
  }

  /** Moves up to `wanted`, or all there is, and says how much that was. */
  move(grant: GrantFact, [from, to]: readonly [from: Place, to: Place], wanted?: bigint): bigint {
    const there = this.facts.at(from, grant.id);
    const amount = wanted === undefined ? there : least(there, wanted);
    if (amount > 0n) this.facts.transfers.push({ asked: this.asked, grantId: grant.id, from, to, amount });
    return amount;
  }

  /** Moves free credits in burn order, and says what is missing of them. */
  drawFree(to: Place, wanted: bigint): bigint {
    let missing = wanted;
    for (const grant of this.facts.grantsInBurnOrder()) missing -= this.move(grant, ["free", to], missing);
    return missing;
  }

  /** Lets something happen and tells it as one line: what it moved, and what that did to the balance. */
  write(type: string, occurredAt: number, happen: () => void): void {
    const before = this.facts.balance();
    const known = this.facts.transfers.length;
    happen();
    const endBalance = this.facts.balance();
    const moves = movesOf(this.facts.transfers.slice(known));
    this.lines.push({ type, occurredAt, delta: endBalance - before, endBalance, moves });
  }
}

/** What each grant saw of these transfers, in the order in which they first concerned it. */
function movesOf(transfers: readonly Transfer[]): Move[] {
  const ids = [...new Set(transfers.map((transfer) => transfer.grantId))];
  return ids
    .map((id): Move => [id, count(transfers, isInBalance, id), count(transfers, isHold, id)])
    .filter(([, amount, heldChange]) => amount !== 0n || heldChange !== 0n);
}
