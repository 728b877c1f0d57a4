import { hash } from "node:crypto";
import { ulid } from "ulid";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const ROUTE_LENGTH = 12;
// What a plan gives says behind a dot which period it is for.
const MADE_ID = /^[a-z]+_([a-z2-7]{12})_[0-9A-HJKMNP-TV-Z]{26}(?:\.[0-9r.]{1,60})?$/;

/** The routing part of a customer's ids: the first 60 bits of a digest of the customer's id, in base32. */
export function routeOf(customerId: string): string {
  const digest = hash("sha256", customerId, "buffer");
  let bits = digest.readBigUInt64BE(0) >> 4n;
  let route = "";
  for (let place = 0; place < ROUTE_LENGTH; place += 1) {
    route = (ALPHABET[Number(bits & 31n)] ?? "") + route;
    bits >>= 5n;
  }
  return route;
}

/** Makes an id for a thing of a customer's, from which the customer is found again: `gr_<route>_<ulid>`. */
export function makeId(prefix: string, customerId: string): string {
  return `${prefix}_${routeOf(customerId)}_${ulid()}`;
}

/** The routing part of an id that `makeId` made, or null for any other text. */
export function routeIn(id: string): string | null {
  return MADE_ID.exec(id)?.[1] ?? null;
}
