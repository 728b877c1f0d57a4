import { expect } from "@open-wc/testing";
import { readAmount } from "./typed-amount.ts";

const READ: [typed: string, lang: string, amount: string | undefined][] = [
  ["500", "en", "500"],
  ["1,000.5", "en", "1000.5"],
  ["1,000,000", "en", "1000000"],
  ["1,5", "en", "1.5"],
  ["1.000,5", "de", "1000.5"],
  ["1.000", "de", "1000"],
  ["1.5", "de", "1.5"],
  ["1 000,5", "fr", "1000.5"],
  ["1’000", "de-CH", "1000"],
  ["1,00,000", "hi", "100000"],
  ["١٬٠٠٠٫٥", "ar-EG", "1000.5"],
  ["۵۰۰", "fa", "500"],
  ["007", "en", "7"],
  // One, or a thousand: neither.
  ["1,000", "ar-EG", undefined],
  ["1,0000", "en", undefined],
  ["1.000.000", "en", undefined],
  ["0", "en", undefined],
  ["-5", "en", undefined],
  ["1e3", "en", undefined],
  ["0.0000001", "en", undefined],
  ["1,2,3", "en", undefined],
  ["", "en", undefined],
  ["a lot", "en", undefined],
  ["<b>5</b>", "en", undefined],
];

describe("an amount as people type it", () => {
  for (const [typed, lang, amount] of READ) {
    it(`"${typed}" in ${lang} is ${amount ?? "none"}`, () => {
      expect(readAmount(typed, lang)).to.equal(amount);
    });
  }
});
