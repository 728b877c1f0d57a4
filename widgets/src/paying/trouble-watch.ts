import type { HubState } from "../session/hub.ts";

/** Notices that a session is well again after trouble: what failed meanwhile is worth another try, once. */
export class TroubleWatch {
  #isTroubled = false;

  /** Takes note of the session's state. @returns whether trouble has just ended */
  isOver(state: HubState): boolean {
    const wasTroubled = this.#isTroubled;
    this.#isTroubled = state.type === "ready" ? state.stale !== undefined : state.type === "error";
    return wasTroubled && state.type === "ready" && !this.#isTroubled;
  }
}
