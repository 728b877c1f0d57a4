import { randomInt } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A random text of letters and digits. */
export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** A new id such as `pi_3kT…`: random, so that a later run never repeats one of an earlier run. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${randomText(length)}`;
}
