import { expect } from "@open-wc/testing";
import { writeCard, writeMoney, writePrice } from "./money.ts";

const plain = (text: string) => text.replace(/\s/g, " ");

describe("money is written", () => {
  it("digit for digit in currencies with two, no and three decimals", () => {
    expect(writeMoney({ amountMinor: 1205, currency: "usd" }, "en")).to.equal("$12.05");
    expect(writeMoney({ amountMinor: 5, currency: "usd" }, "en")).to.equal("$0.05");
    expect(writeMoney({ amountMinor: 1205, currency: "jpy" }, "en")).to.equal("¥1,205");
    expect(plain(writeMoney({ amountMinor: 1205, currency: "kwd" }, "en"))).to.equal("KWD 1.205");
    expect(writeMoney({ amountMinor: 99_999_999_999, currency: "usd" }, "en")).to.equal("$999,999,999.99");
  });

  it("in hundredths for currencies that lost theirs, as the payments are", () => {
    expect(plain(writeMoney({ amountMinor: 120_500, currency: "isk" }, "en"))).to.equal("ISK 1,205");
  });

  it("with all decimals of a price per credit", () => {
    expect(writePrice({ amount: "0.000125", currency: "usd" }, "en")).to.equal("$0.000125");
    expect(plain(writePrice({ amount: "0.012", currency: "eur" }, "de"))).to.equal("0,012 €");
  });

  it("with the name of the card", () => {
    expect(writeCard({ brand: "visa", last4: "4242" })).to.equal("Visa ···· 4242");
    expect(writeCard({ brand: "amex", last4: "0005" })).to.equal("American Express ···· 0005");
  });
});
