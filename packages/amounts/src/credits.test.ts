import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  divideHalfUp,
  formatCredits,
  MAX_GRANT,
  MAX_POOL,
  multiplyMicro,
  ONE_CREDIT,
  parseCredits,
  parseSum,
} from "./index.ts";
import { equal, nearest, rational, times } from "./test-support/rational.ts";
import { assertRefused } from "./test-support/refused.ts";

const anyMicro = fc.bigInt({ min: -MAX_POOL, max: MAX_POOL });

describe("credits survive being written and read", () => {
  test("any amount that a pool can hold comes back as it was sent", () => {
    fc.assert(fc.property(anyMicro, (micro) => assert.equal(parseCredits(formatCredits(micro)), micro)));
  });

  test("what is written says exactly what is meant, in the shortest way", () => {
    fc.assert(
      fc.property(anyMicro, (micro) => {
        const text = formatCredits(micro);
        assert.ok(
          equal(rational(text), { top: micro, bottom: 1_000_000n }),
          `${text} is not ${micro} millionths`,
        );
        assert.match(text, /^(0|-?([1-9]\d*|0(?=\.))(\.\d{0,5}[1-9])?)$/);
      }),
    );
  });

  test("zeros at either end change nothing", () => {
    const zeros = fc.nat({ max: 30 }).map((length) => "0".repeat(length));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX_POOL }), zeros, zeros, (micro, before, after) => {
        const text = formatCredits(micro);
        const padded = before + (text.includes(".") ? text + after : `${text}.0${after}`);
        assert.equal(parseCredits(padded), micro);
      }),
    );
  });

  test("a number of at most 15 significant digits is read as the decimal its writer wrote", () => {
    const digits = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 2, max: 6 }), (value, scale) => {
        const exact = BigInt(value) * 10n ** BigInt(6 - scale);
        if (exact > MAX_POOL || exact < -MAX_POOL) return;
        assert.equal(parseCredits(Number(`${value}e-${scale}`)), exact);
      }),
    );
  });

  for (const [input, micro] of [
    ["12.5", 12_500_000n],
    ["0.000001", 1n],
    ["1000000000000", MAX_GRANT],
    ["9000000000000", MAX_POOL],
    ["-0.000001", -1n],
    ["007.50", 7_500_000n],
    [12.5, 12_500_000n],
    [0.000001, 1n],
    [123456789.123456, 123_456_789_123_456n],
    [999_999_999_999.999, 999_999_999_999_999_000n],
  ] as const) {
    test(`${typeof input} ${input} is taken`, () => assert.equal(parseCredits(input), micro));
  }

  test("minus zero is zero, and never shown with a sign", () => {
    for (const zero of [-0, "-0", "-0.000000", "0"]) {
      assert.equal(parseCredits(zero), 0n);
      assert.equal(formatCredits(parseCredits(zero)), "0");
    }
  });
});

describe("an amount that cannot be taken exactly is refused", () => {
  const malformed = [
    "",
    " ",
    "12 ",
    " 12 ",
    "12\n",
    "1e3",
    "1E3",
    "0x10",
    "0b1",
    "1,000",
    "1_000",
    "١",
    "١٢",
    "１２",
    "½",
    "+5",
    "--5",
    "-",
    ".",
    ".5",
    "5.",
    "1.2.3",
    "NaN",
    "Infinity",
    "null",
    "12.5 credits",
    "\u200b12",
    "1\0",
  ];
  for (const text of malformed) {
    test(`the text ${JSON.stringify(text)}`, () => assertRefused(() => parseCredits(text), "malformed"));
  }

  for (const value of [NaN, Infinity, -Infinity, Number("1e400")]) {
    test(`the number ${value}`, () => assertRefused(() => parseCredits(value), "malformed"));
  }

  for (const input of [
    "0.0000001",
    "1.1234567",
    "-1.1234567",
    "0.0000000000000000000001",
    1e-7,
    1e-9,
    1e-30,
    5e-324,
  ]) {
    test(`${typeof input} ${input} is finer than a millionth`, () => {
      assertRefused(() => parseCredits(input), "too_precise");
    });
  }

  test("15 significant digits of a number are taken, 16 are not, whatever their size", () => {
    assert.equal(parseCredits(1234567890.12345), 1_234_567_890_123_450n);
    assert.equal(parseCredits(-1234567890.12345), -1_234_567_890_123_450n);
    for (const value of [
      1234567890.123456,
      -1234567890.123456,
      0.1 + 0.2,
      9007199254740992,
      1234567890123456,
      1 / 3,
    ]) {
      assertRefused(() => parseCredits(value), "too_precise");
    }
  });

  test("the same 16 digits are taken as text", () => {
    assert.equal(parseCredits("1234567890.123456"), 1_234_567_890_123_456n);
  });

  test("more than any pool can hold, up to 10^400, is out of range", () => {
    const nines = "9".repeat(40);
    for (const input of [
      "9000000000000.000001",
      "-9000000000000.000001",
      "9007199254740993",
      "9223372036854775807",
      "9223372036854775808",
      nines,
      `1${"0".repeat(400)}`,
      1e15,
      1e21,
      1e300,
      -1e21,
      1e150,
    ]) {
      assertRefused(() => parseCredits(input), "out_of_range");
    }
  });

  test("a megabyte of digits or zeros is refused or read at once", () => {
    const long = 1_000_000;
    const started = performance.now();
    assertRefused(() => parseCredits("1".repeat(long)), "out_of_range");
    assertRefused(() => parseCredits(`0.${"0".repeat(long)}1`), "too_precise");
    assertRefused(() => parseCredits(`${"0".repeat(long)}x`), "malformed");
    assert.equal(parseCredits(`${"0".repeat(long)}1.${"0".repeat(long)}`), ONE_CREDIT);
    assert.ok(performance.now() - started < 2000, `took ${performance.now() - started} ms`);
  });

  test("any text at all is either a plain decimal or refused", () => {
    const decimalish = fc.string({ unit: fc.constantFrom(..."0123456789.-+eE x,_١"), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(decimalish, fc.string(), fc.string({ unit: "binary" })), (text) => {
        if (isPlainDecimal(text))
          assert.ok(equal(rational(text), { top: parseCredits(text), bottom: 1_000_000n }));
        else assert.throws(() => parseCredits(text), { name: "AmountError" });
      }),
      { numRuns: 2000 },
    );
  });
});

describe("products round half up, once", () => {
  for (const [left, right, product] of [
    ["3", "0.5", "1.5"],
    ["0.000001", "0.5", "0.000001"],
    ["0.000001", "0.499999", "0"],
    ["0.000003", "0.5", "0.000002"],
    ["-0.000001", "0.5", "-0.000001"],
    ["1.000001", "1.000001", "1.000002"],
    ["1000000000000", "0.000001", "1000000"],
  ] as const) {
    test(`${left} times ${right} is ${product}`, () => {
      assert.equal(formatCredits(multiplyMicro(parseCredits(left), parseCredits(right))), product);
    });
  }

  test("every product is the nearest millionth to the true one", () => {
    fc.assert(
      fc.property(anyMicro, anyMicro, (left, right) => {
        const exact = times({ top: left, bottom: 1_000_000n }, { top: right, bottom: 1_000_000n });
        assert.equal(multiplyMicro(left, right), nearest(times(exact, { top: 1_000_000n, bottom: 1n })));
      }),
    );
  });

  test("a quotient is never further than a half away, odd divisors and negative dividends included", () => {
    const dividend = fc.bigInt({ min: -1000n, max: 1000n });
    fc.assert(
      fc.property(dividend, fc.bigInt({ min: 1n, max: 50n }), (top, bottom) => {
        assert.equal(divideHalfUp(top, bottom), nearest({ top, bottom }));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Whether the text is a decimal of at most six places that a pool can hold, decided without a regular expression. */
function isPlainDecimal(text: string): boolean {
  const unsigned = text.startsWith("-") ? text.slice(1) : text;
  const parts = unsigned.split(".");
  const plain = parts.every(
    (part) => part !== "" && [...part].every((digit) => "0123456789".includes(digit)),
  );
  if (!plain || parts.length > 2) return false;
  const significant = parts[1]?.length ?? 0;
  const { top, bottom } = rational(unsigned);
  return (significant <= 6 || (top * 1_000_000n) % bottom === 0n) && top <= 9_000_000_000_000n * bottom;
}

test("a sum may be more than a pool can hold, and is read as it was written", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (micro) => {
      assert.equal(parseSum(formatCredits(micro)), micro);
    }),
  );
  assert.throws(() => parseCredits("9000000000000.000001"), { code: "out_of_range" });
  assert.equal(parseSum("9000000000000.000001"), MAX_POOL + 1n);
  for (const wrong of ["1e3", "", " 1", "1.1234567", "1".repeat(41)])
    assert.throws(() => parseSum(wrong), wrong);
});
