import { describe, test } from "node:test";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { holdCapture, holdExtension, holdInput } from "./holds.ts";

const named = { id: "op-1", customerId: "cus_lena" };
const input = { ...named, featureId: "image" };

describe("a hold", () => {
  test("lives from a second to a day, also when it is extended", () => {
    for (const expiresInSeconds of [1, 86_400]) {
      taken(holdInput, { ...input, expiresInSeconds });
      taken(holdExtension, { ...named, expiresInSeconds });
    }
    for (const expiresInSeconds of [0, -1, 86_401, 1.5, "60", Infinity, NaN, null]) {
      assertRefused(holdInput, { ...input, expiresInSeconds }, invalid("expiresInSeconds"));
      assertRefused(holdExtension, { ...named, expiresInSeconds }, invalid("expiresInSeconds"));
    }
    assertRefused(holdExtension, named, invalid("expiresInSeconds"));
  });

  test("is always hard, so that it takes no limit", () => {
    assertRefused(holdInput, { ...input, limit: "soft" }, invalid("limit"));
  });

  test("names its customer: ids are unique per customer", () => {
    assertRefused(holdInput, { id: "op-1", featureId: "image" }, invalid("customerId"));
  });
});

describe("a capture", () => {
  test("takes an amount or a quantity, not both", () => {
    assertRefused(holdCapture, { ...named, amount: 1, quantity: 1 }, invalid("quantity"));
  });

  test("prices dimensions only with a quantity", () => {
    const dimensions = { model: "xl" };
    taken(holdCapture, { ...named, quantity: 1, dimensions });
    assertRefused(holdCapture, { ...named, dimensions }, invalid("dimensions"));
    assertRefused(holdCapture, { ...named, amount: 1, dimensions }, invalid("dimensions"));
  });

  test("burns more than nothing, or else the hold is released instead", () => {
    for (const amount of [0, "0", -1, "-0.000001"]) {
      assertRefused(holdCapture, { ...named, amount }, invalid("amount"));
    }
    taken(holdCapture, { ...named, quantity: 0 });
  });

  test("is final or not, in so many words", () => {
    for (const final of ["true", 1, null]) assertRefused(holdCapture, { ...named, final }, invalid("final"));
  });
});
