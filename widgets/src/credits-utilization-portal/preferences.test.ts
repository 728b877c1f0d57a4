import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { noticesOf, preferencesOf } from "../testing/portal.ts";
import { applyEdits, documentOf, type Edits, readDays, readThresholds } from "./preferences.ts";

describe("what is typed as thresholds", () => {
  it("is amounts and shares, however they stand apart, in other digits too", () => {
    expect(readThresholds("100, 20%;5.5  7")).to.deep.equal(["100", "20%", "5.5", "7"]);
    expect(readThresholds("٢٠٪ ١٠٠")).to.deep.equal(["20%", "100"]);
    expect(readThresholds("20 %")).to.deep.equal(["20%"]);
    expect(readThresholds("5 5 5%")).to.deep.equal(["5", "5%"]);
  });

  it("is null where it is empty, which is what holds by default", () => {
    for (const typed of ["", "   ", " ; "]) expect(readThresholds(typed)).to.equal(null);
  });

  it("is refused where it is none, too many, or might mean something else", () => {
    for (const typed of ["few", "-5", "0", "0%", "101%", "1,500", "1e3", "1.1234567", "1 2 3 4 5 6", "007"])
      expect(readThresholds(typed), typed).to.equal(undefined);
  });

  it("is read as it was written", () => {
    const threshold = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.boolean());
    fc.assert(
      fc.property(fc.uniqueArray(threshold, { selector: String, minLength: 1, maxLength: 5 }), (some) => {
        const written = some.map(([amount, isShare]) => `${amount}${isShare ? "%" : ""}`);
        expect(readThresholds(written.join(", "))).to.deep.equal(written);
      }),
    );
  });
});

it("days are whole numbers from 1 to 365", () => {
  expect([" 14 ", "1", "365", "٧"].map(readDays)).to.deep.equal([14, 1, 365, 7]);
  expect(["", "0", "366", "1.5", "-1", "soon"].map(readDays)).to.deep.equal(Array(6).fill(undefined));
});

describe("what is sent", () => {
  const edits: Edits = { channels: { depleted: { email: false } }, daysBefore: "30" };

  it("changes what the person changed and nothing else, whoever set it meanwhile", () => {
    const { lowBalance } = noticesOf();
    const changed = noticesOf({ lowBalance: { ...lowBalance, thresholds: ["5"] } });
    const { depleted, expiry, ...others } = applyEdits(changed, edits);
    expect(depleted).to.deep.equal({ enabled: true, channels: ["in_app"] });
    expect(expiry.daysBefore).to.equal(30);
    const { autoTopUp, receipts } = changed;
    expect(others).to.deep.equal({ lowBalance: changed.lowBalance, autoTopUp, receipts });
  });

  it("is off where no way is left, and by one way where one is chosen that was off", () => {
    const off = applyEdits(noticesOf(), { channels: { receipts: { email: false } } });
    expect(off.receipts).to.deep.equal({ enabled: false, channels: [] });
    const was = noticesOf({ receipts: { enabled: false, channels: ["in_app", "email"] } });
    const on = applyEdits(was, { channels: { receipts: { email: true } } });
    expect(on.receipts).to.deep.equal({ enabled: true, channels: ["email"] });
  });

  it("is the whole document, but for types that nobody ever set", () => {
    const other = (id: string, isSet: boolean) =>
      noticesOf({ isSet, creditType: { ...noticesOf().creditType, id } });
    const current = preferencesOf({ creditTypes: [noticesOf(), other("gems", true), other("coins", false)] });
    const { creditTypes } = documentOf(current, new Map([["tokens", edits]]));
    expect(creditTypes.map(({ creditTypeId }) => creditTypeId)).to.deep.equal(["tokens", "gems"]);
    expect(creditTypes[0]).not.to.have.any.keys("creditType", "isSet", "defaultThresholds");
    expect(creditTypes[1]?.expiry.daysBefore).to.equal(14);
  });
});
