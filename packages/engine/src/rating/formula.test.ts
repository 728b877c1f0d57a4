import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { FormulaError } from "./formula-error.ts";
import { parseFormula } from "./formula.ts";

/** Why a text is refused. */
function refusalOf(text: string): string {
  try {
    parseFormula(text);
  } catch (error) {
    assert.ok(error instanceof FormulaError, `${text}: ${String(error)}`);
    return error.message;
  }
  assert.fail(`${text} was taken`);
}

describe("a formula", () => {
  for (const text of [
    "0",
    "1.5",
    "tokens",
    "0.5 + tokens * 0.002",
    "max(1, ceil(seconds / 60)) * 2",
    "input_tokens * 0.003 + output_tokens * 0.015 - min(cached_tokens, input_tokens) * 0.0015",
    "-(-tokens)",
    "min(a, b, 3, c)",
    "((((1))))",
    " a\n+\tb\r\n",
    "a--b",
    "_private + Model2",
    Array(50).fill("a").join("+"),
    `${"(".repeat(20)}1${")".repeat(20)}`,
  ]) {
    test(`${JSON.stringify(text).slice(0, 40)} is one`, () => void parseFormula(text));
  }

  test("tells the dimensions that it needs, each once, and none that are functions", () => {
    assert.deepEqual(parseFormula("max(a, b) + a * ceil(c)").dimensions, ["a", "b", "c"]);
    assert.deepEqual(parseFormula("5").dimensions, []);
  });
});

describe("a formula that is none says what is wrong and where", () => {
  for (const [text, message] of [
    ["", "ends where a number or a dimension is expected, at character 1"],
    ["  ", "ends where a number or a dimension is expected, at character 3"],
    ["1 +", "ends where a number or a dimension is expected, at character 4"],
    ["* 2", "has * where a number or a dimension is expected, at character 1"],
    ["+2", "has + where a number or a dimension is expected, at character 1"],
    ["a ** 2", "has * where a number or a dimension is expected, at character 4"],
    ["a // 2", "has / where a number or a dimension is expected, at character 4"],
    ["a % 2", "has %, which is not allowed in a formula, at character 3"],
    ["a ^ 2", "has ^, which is not allowed in a formula, at character 3"],
    ["a b", "lacks an operator before b, at character 3"],
    ["2 a", "lacks an operator before a, at character 3"],
    ["(a)(b)", "has a parenthesis behind something that is no function, at character 4"],
    ["sqrt(a)", "has a parenthesis behind something that is no function, at character 5"],
    ["(1 + 2", "lacks a closing parenthesis, at character 7"],
    ["1)", "closes what is not open, at character 2"],
    ["()", "has ) where a number or a dimension is expected, at character 2"],
    ["1, 2", "has , out of place, at character 2"],
    ["(1, 2)", "has , out of place, at character 3"],
    ["min(1, (2, 3))", "has , out of place, at character 10"],
    ["min(1,)", "has ) where a number or a dimension is expected, at character 7"],
    ["min + 1", "must call min with parentheses, at character 5"],
    ["min", "must call min with parentheses, at character 4"],
    ["min(1)", "gives min 1 values, it takes 2 values or more"],
    ["ceil(1, 2)", "gives ceil 2 values, it takes one value"],
    ["1e3", "has 1e3, which is no decimal of at most 12 digits on either side of the point, at character 1"],
    [
      "1e999999999",
      "has 1e999999999, which is no decimal of at most 12 digits on either side of the point, at character 1",
    ],
    [
      "0x10",
      "has 0x10, which is no decimal of at most 12 digits on either side of the point, at character 1",
    ],
    [".5", "has .5, which is no decimal of at most 12 digits on either side of the point, at character 1"],
    [
      "1.2.3",
      "has 1.2.3, which is no decimal of at most 12 digits on either side of the point, at character 1",
    ],
    [
      "1234567890123",
      "has 1234567890123, which is no decimal of at most 12 digits on either side of the point, at character 1",
    ],
    ["a.b", "has a.b, which cannot be a dimension, at character 1"],
    ["größe", "has gr??e, which cannot be a dimension, at character 1"],
    ["$a", "has $a, which cannot be a dimension, at character 1"],
    ["1 + this", "has this, which cannot be a dimension, at character 5"],
    ["true", "has true, which cannot be a dimension, at character 1"],
    [`a${"b".repeat(40)}`, "has abbbbbbbbbbbbbbbbbbbb..., which cannot be a dimension, at character 1"],
    [`${"(".repeat(21)}1${")".repeat(21)}`, "nests deeper than 20, at character 21"],
    ["1+".repeat(50) + "1", "has more than 100 parts"],
    ["1" + "+1".repeat(250), "must be at most 500 characters long"],
    ["1 / 0", "divides by zero"],
    ["tokens / (3 - 3)", "divides by zero"],
    ["ceil(1 / (0 * 5)) * a", "divides by zero"],
    ["-1", "can never be a price: makes the price negative"],
    ["999999999999 * 2", "can never be a price: makes the price larger than 10^12 credits"],
  ] as const) {
    test(`${JSON.stringify(text).slice(0, 40)}: ${message}`, () => assert.equal(refusalOf(text), message));
  }
});

describe("a hostile formula", () => {
  for (const text of [
    "constructor.constructor('return process')()",
    "a['constructor']",
    "this.constructor",
    "process.exit()",
    "`${1}`",
    '"a" + 1',
    "/a/.test(b)",
    "a ? b : c",
    "a = 1",
    "a; b",
    "[1, 2]",
    "{ a: 1 }",
    "a => b",
    "() => 1",
    "new Date()",
    "typeof a",
    "!a",
    "~a",
    "a && b",
    "a ?? b",
    "a?.b",
    "1n",
    "1_000",
    "a\0",
    "a\u2028+b",
    "\ud800",
    "a /* b */",
    "hasOwnProperty(1, 2)",
    "toString()",
    "constructor(1)",
    "__proto__(1)",
  ]) {
    test(`${JSON.stringify(text)} is refused`, () => assert.notEqual(refusalOf(text), ""));
  }

  test("may name what every object has, and gets the event's own or nothing", () => {
    // Only names: what they stand for is looked up among the event's own dimensions.
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty", "globalThis"]) {
      assert.deepEqual(parseFormula(name).dimensions, [name]);
    }
  });
});

const PIECES = [
  ...["a", "tokens", "min", "max(", "ceil(", "floor(", "round", "__proto__", "constructor", "this", "null"],
  ...["0", "1.5", "999999999999", "1e9", ".", "0.000000000001", "+", "-", "*", "/", "(", ")", ",", " "],
  ...["%", "**", "=", "[", "]", "'", '"', "`", ";", "?", ":", "\0", "\n", "é", "\ud800", "//", "/*", "&&"],
];

test("whatever a text is, it is a formula or refused in words, and at once", () => {
  const anyText = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }).map((pieces) => pieces.join("")),
    fc.string({ unit: "binary", maxLength: 600 }),
    fc
      .tuple(fc.constantFrom(...PIECES), fc.integer({ min: 1, max: 600 }))
      .map(([piece, n]) => piece.repeat(n)),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const began = performance.now();
      try {
        parseFormula(text);
      } catch (error) {
        assert.ok(error instanceof FormulaError, String(error));
        assert.match(error.message, /^[\x20-\x7e]{1,200}$/);
      }
      assert.ok(performance.now() - began < 250, "takes long");
    }),
    { numRuns: 3000 },
  );
});
