import type { Connection } from "../storage/pools/connection.ts";
import { findUserNumbers, lastUserNumbers, type UserKey } from "../storage/pools/users.ts";
import type { PoolCommand } from "./command.ts";
import type { Memory } from "./memory.ts";

/** The numbers that stand for the users of a group's events in the ledger; new users get theirs here. */
export class GroupUsers {
  /** Users that the group numbers, to be stored with it. */
  readonly added: (UserKey & { readonly userNo: number })[] = [];
  readonly #memory: Memory;
  readonly #asked: readonly UserKey[];
  readonly #numbers = new Map<string, number>();
  #unknown: readonly UserKey[] = [];
  #last: Map<string, number> = new Map();

  constructor(commands: readonly PoolCommand[], memory: Memory) {
    this.#memory = memory;
    const users = new Map<string, UserKey>();
    for (const command of commands) {
      if (command.kind !== "event" || command.userId === null) continue;
      const user = { customerId: command.customerId, userId: command.userId };
      const key = keyOf(user);
      if (memory.userNumbers.get(key) === undefined) users.set(key, user);
    }
    this.#asked = [...users.values()];
  }

  /** Looks up who is not remembered. */
  async find(connection: Connection): Promise<void> {
    if (this.#asked.length === 0) return;
    const found = await findUserNumbers(connection, this.#asked);
    this.#asked.forEach((user, index) => {
      const userNo = found.get(index);
      if (userNo !== undefined) this.#numbers.set(keyOf(user), userNo);
    });
    this.#unknown = this.#asked.filter((_, index) => !found.has(index));
  }

  /** Reads where the numbers of new users begin. */
  async prepareNew(connection: Connection): Promise<void> {
    if (this.#unknown.length === 0) return;
    this.#last = await lastUserNumbers(connection, [
      ...new Set(this.#unknown.map((user) => user.customerId)),
    ]);
  }

  numberOf(user: UserKey): number {
    const key = keyOf(user);
    const known = this.#memory.userNumbers.get(key) ?? this.#numbers.get(key);
    if (known !== undefined) return known;
    const userNo = (this.#last.get(user.customerId) ?? 0) + 1;
    this.#last.set(user.customerId, userNo);
    this.#numbers.set(key, userNo);
    this.added.push({ ...user, userNo });
    return userNo;
  }

  /** Keeps what the commit made true. */
  remember(): void {
    for (const [key, userNo] of this.#numbers) this.#memory.userNumbers.set(key, userNo);
  }
}

/** Names a user in this process. Ids hold no spaces, so the parts cannot run together. */
function keyOf(user: UserKey): string {
  return `${user.customerId} ${user.userId}`;
}
