import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { id as idSchema } from "@credits-kit/contract";
import { makeId, routeIn, routeOf } from "./ids.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** Base32 the long way: bits as text, five at a time. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(Number.parseInt(five, 2))).join("");
}

test("a route is the beginning of the digest in base32, and never changes", () => {
  for (const customerId of ["a", "cus_lena", "auth0|lena@studio", "x".repeat(128)]) {
    const digest = createHash("sha256").update(customerId).digest();
    assert.equal(routeOf(customerId), base32(digest).slice(0, 12));
  }
  assert.equal(routeOf("cus_lena"), "76irw4wrk6xq");
});

test("a made id is an id, and gives its route back", () => {
  const id = makeId("gr", "auth0|lena@studio");
  assert.ok(idSchema.safeParse(id).success);
  assert.equal(routeIn(id), routeOf("auth0|lena@studio"));
  for (const other of [
    "",
    "gr",
    "gr_abc_def",
    `${id}x`,
    `x ${id}`,
    id.toLowerCase(),
    "sub_'or1=1------_01ARZ3NDEKTSV4RRFFQ69G5FAV",
  ]) {
    assert.equal(routeIn(other), null);
  }
});
