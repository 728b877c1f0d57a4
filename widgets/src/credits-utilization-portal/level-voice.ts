import { poolKey } from "../session/pool-store.ts";
import { warningOf } from "./level.ts";
import type { PortalView } from "./portal-view.ts";

/** Says once to the ear what became of a pool while somebody looks: figures that only fall are no news. */
export class LevelVoice {
  #spoken = "";
  /** How the pool stood when it was last drawn. */
  #last: { key: string; level: string | undefined } | undefined;

  /** What is said now: of a pool that stands otherwise than it did, until that is so again. */
  heard(view: PortalView): string {
    const { pool } = view;
    if (!pool) return "";
    const key = poolKey(pool);
    const warning = warningOf(pool, view);
    if (this.#last?.key === key && this.#last.level !== warning?.level)
      this.#spoken = `${pool.name}: ${warning?.text ?? view.withUnit(pool.available)}`;
    this.#last = { key, level: warning?.level };
    return this.#spoken;
  }

  forget(): void {
    this.#spoken = "";
    this.#last = undefined;
  }
}
