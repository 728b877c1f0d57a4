import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { anyHistory, ASK_KINDS } from "./random-commands.ts";
import { type Ask, type Chapter, type Line, rankInBurnOrder, type Taken, tell } from "./reference-model.ts";

/*
 * A random history finds only what it goes near. What counts here is the share of histories in which a thing happens,
 * out of 500 that are the same on every run.
 */

interface Told {
  readonly history: readonly Taken[];
  readonly chapters: readonly Chapter[];
}

const SAMPLE: readonly Told[] = fc
  .sample(anyHistory, { seed: 3, numRuns: 500 })
  .map((history) => ({ history, chapters: tell(history) }));

const LINE_TYPES = [
  ...["granted", "activated", "consumed", "reversed", "expired", "revoked", "frozen", "unfrozen", "updated"],
  ...["hold_placed", "hold_released", "overage_repaid"],
];

/** All that each kind can be refused for, besides being about what there never was. */
const REFUSALS: Record<Ask["kind"], readonly string[]> = {
  grant: ["already_expired", "amount_out_of_range"],
  consume: ["insufficient_credits", "amount_out_of_range"],
  settle: [],
  update_grant: ["grant_closed: expired", "grant_closed: revoked", "already_active", "already_expired"],
  revoke: [
    ...["grant_closed: expired", "grant_closed: revoked", "grant_closed: depleted"],
    ...["amount_out_of_range", "beyond_revocable"],
  ],
  confirm_payment: ["not_pending", "grant_closed: revoked"],
  freeze: ["grant_closed: expired", "grant_closed: revoked", "already_frozen"],
  unfreeze: ["grant_closed: revoked", "not_frozen"],
  reverse: ["amount_out_of_range"],
  place_hold: ["insufficient_credits", "amount_out_of_range"],
  capture_hold: ["hold_closed", "insufficient_credits", "amount_out_of_range"],
  release_hold: ["hold_closed"],
  extend_hold: ["hold_closed", "not_later"],
};

describe("of the random histories", () => {
  for (const kind of ASK_KINDS) {
    test(`a tenth and more have a ${kind} that is carried out`, () => {
      assertShare(0.1, (told) => answersTo(kind, told).includes(null));
    });
  }

  for (const kind of ASK_KINDS.filter((each) => each !== "settle")) {
    test(`a tenth and more have a ${kind} that is refused`, () => {
      assertShare(0.1, (told) => answersTo(kind, told).some((refusal) => refusal !== null));
    });
  }

  for (const [kind, refusal] of Object.entries(REFUSALS).flatMap(([kind, refusals]) =>
    refusals.map((refusal) => [kind, refusal] as const),
  )) {
    test(`some have a ${kind} that is refused as ${refusal}`, () => {
      assertShare(0.004, (told) => answersTo(kind, told).some((each) => each?.startsWith(refusal)));
    });
  }

  for (const type of LINE_TYPES) {
    test(`a quarter and more have a line of the type ${type}`, () => {
      assertShare(0.25, ({ chapters }) => linesOf(chapters).some((line) => line.type === type));
    });
  }

  test("no line has another type", () => {
    const types = SAMPLE.flatMap(({ chapters }) => linesOf(chapters).map((line) => line.type));
    assert.deepEqual([...new Set(types)].toSorted(), LINE_TYPES.toSorted());
  });

  for (const [terms, what] of ["priority", "expiry", "category", "beginning"].entries()) {
    test(`many have two grants that only burn one after the other for what follows their ${what}`, () => {
      assertShare(0.04, ({ history, chapters }) => {
        const ranks = new Map(history.flatMap(({ ask, at }, index) => rankOf(ask, at, index)));
        return chapters.some(({ remaining }) => {
          const live = [...remaining].filter(([, amount]) => amount > 0n).map(([id]) => ranks.get(id) ?? []);
          const tied = live.map((rank) => rank.slice(0, terms + 1).join());
          return new Set(tied).size < tied.length;
        });
      });
    });
  }

  test("many have a grant that was due before, and something that was settled before it", () => {
    assertShare(0.05, ({ history, chapters }) =>
      history.some(({ at, ask }, index) => {
        const { lines = [], refusal } = chapters[index] ?? {};
        const isLate = ask.kind === "grant" && ask.asOf !== null && ask.asOf < at;
        return isLate && refusal === null && lines[0]?.type !== "granted";
      }),
    );
  });

  test("many have a grant that was due before, and something that fell due between then and now", () => {
    assertShare(0.1, ({ history, chapters }) =>
      history.some(({ at, ask }, index) => {
        if (ask.kind !== "grant" || ask.asOf === null || chapters[index]?.refusal !== null) return false;
        const { asOf } = ask;
        const later = chapters[index + 1]?.lines ?? [];
        return later.some(({ occurredAt }) => occurredAt > asOf && occurredAt <= at);
      }),
    );
  });

  test("some take back an event of which a later grant repaid a part", () => {
    assertShare(0.05, ({ chapters }) =>
      linesOf(chapters).some(
        ({ type, moves }) => type === "overage_repaid" && moves.some(([, by]) => by > 0n),
      ),
    );
  });

  test("some take back an event of which a grant is gone that paid for it", () => {
    assertShare(0.05, ({ history, chapters }) =>
      history.some(({ ask }, index) => {
        const reversed = chapters[index]?.lines.find((line) => line.type === "reversed");
        if (ask.kind !== "reverse" || !reversed) return false;
        const consumed = chapters[ask.consumed]?.lines.find((line) => line.type === "consumed");
        return reversed.moves.length < (consumed?.moves.length ?? 0);
      }),
    );
  });

  for (const fate of ["expired", "revoked", "frozen", "overage_repaid"]) {
    test(`some have credits that come back from a hold and are then ${fate}`, () => {
      assertShare(0.01, ({ chapters }) =>
        chapters.some(({ lines }) => isFollowed(lines, "hold_released", fate)),
      );
    });
  }

  for (const fate of ["frozen", "overage_repaid"]) {
    test(`some have credits that come back from an event and are then ${fate}`, () => {
      assertShare(0.01, ({ chapters }) => chapters.some(({ lines }) => isFollowed(lines, "reversed", fate)));
    });
  }
});

function assertShare(least: number, happens: (told: Told) => boolean | undefined): void {
  const share = SAMPLE.filter((told) => happens(told)).length / SAMPLE.length;
  assert.ok(share >= least, `happens in ${share * 100} % of the histories, not in ${least * 100} %`);
}

function answersTo(kind: string, { history, chapters }: Told): (string | null | undefined)[] {
  return history.flatMap(({ ask }, index) => (ask.kind === kind ? [chapters[index]?.refusal] : []));
}

function linesOf(chapters: readonly Chapter[]): Line[] {
  return chapters.flatMap((chapter) => chapter.lines);
}

/** By which terms a grant burns, as it was granted. */
function rankOf(ask: Ask, at: number, created: number): (readonly [string, number[]])[] {
  if (ask.kind !== "grant") return [];
  const effectiveAt = ask.effectiveAt ?? ask.asOf ?? at;
  return [[ask.grantId, rankInBurnOrder({ ...ask, effectiveAt, created })]];
}

/** Whether credits that a line brought back are gone again with another of its cause. */
function isFollowed(lines: readonly Line[], first: string, then: string): boolean {
  return lines.some((line, index) => {
    const ids = new Set(line.moves.map(([id]) => id));
    const next = lines.slice(index + 1).filter(({ occurredAt }) => occurredAt === line.occurredAt);
    return (
      line.type === first &&
      next.some(({ type, moves }) => type === then && moves.some(([id]) => ids.has(id)))
    );
  });
}
