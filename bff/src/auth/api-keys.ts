import { timingSafeEqual } from "node:crypto";
import { type ApiKeyRow, findApiKeyByHash } from "../storage/auth/api-keys.ts";
import type { Database } from "../storage/database.ts";
import { hashOfKey } from "./api-key.ts";

/** A revoked key is refused at most this much later, on every replica. */
const REMEMBERED_MS = 20_000;
const MAX_REMEMBERED = 1000;
const PLAUSIBLE = /^[\x21-\x7e]{16,255}$/;

/** Tells whose a server key is. Remembers good keys for a short while, and never that a key was bad. */
export class ApiKeys {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #known = new Map<string, { row: ApiKeyRow; until: number }>();

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** The key's id and name, or null for a key that is unknown or revoked. */
  async find(key: string): Promise<{ id: string; name: string } | null> {
    if (!PLAUSIBLE.test(key)) return null;
    const secretHash = hashOfKey(key);
    const known = this.#known.get(secretHash);
    if (known && known.until > this.#now()) return known.row;
    const row = await findApiKeyByHash(this.#database, secretHash);
    // The database compared texts; what decides is a comparison that takes the same time for every key.
    if (!row || !timingSafeEqual(Buffer.from(row.secret_hash), Buffer.from(secretHash))) {
      this.#known.delete(secretHash);
      return null;
    }
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    this.#known.set(secretHash, { row, until: this.#now() + REMEMBERED_MS });
    return row;
  }
}
