import { askForSession } from "./ask-for-session.ts";
import { backoffMs } from "./backoff.ts";
import { sessionError } from "./failure.ts";
import { holdSession, type HeldSession } from "./held-session.ts";
import type { SessionConfig } from "./session-config.ts";

export interface SessionListener {
  /** Another session is held now than `before`. */
  sessionChanged(session: HeldSession, before: HeldSession | undefined): void;
  /** The session is over and nobody can renew it. */
  sessionExpired(): void;
}

/** What timers of the platform can count to is less than what a token may claim. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Holds the page's session and renews it: once at a time, at 80 % of its life, and when the server refuses it. */
export class SessionTokens {
  /** Where the next session comes from. */
  config: SessionConfig;
  held: HeldSession | undefined;
  /** Whether the session is renewed by itself: somebody watches. */
  isKeptFresh = false;
  readonly #listener: SessionListener;
  #asking: Promise<HeldSession> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #expired: string | undefined;

  constructor(config: SessionConfig, listener: SessionListener) {
    this.config = config;
    this.#listener = listener;
  }

  /** A session that is good now, by this page's clock. */
  async get(): Promise<HeldSession> {
    // The wall clock, not a timer: a page that slept wakes with an old session and a timer that did not run.
    return this.held && Date.now() < this.held.endsAtMs ? this.held : this.renew();
  }

  /** A new session, in place of one that was `refused`; if another call has replaced that one already, its successor. */
  async renew(refused = this.held?.token): Promise<HeldSession> {
    if (this.held && this.held.token !== refused) return this.held;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** Renews the session by itself from now on, or leaves it to age. */
  keepFresh(fresh: boolean): void {
    this.isKeptFresh = fresh;
    this.#plan();
  }

  async #ask(): Promise<HeldSession> {
    try {
      const { way, isFixed } = this.config;
      const session = holdSession(isFixed ? this.#fixed(String(way)) : await askForSession(way));
      this.#hold(session);
      return session;
    } catch (error) {
      this.#failures += 1;
      this.#plan();
      throw error;
    }
  }

  #fixed(token: string) {
    if (this.held?.token !== token) return { token };
    if (this.#expired !== token) this.#listener.sessionExpired();
    this.#expired = token;
    throw sessionError("session_expired");
  }

  #hold(session: HeldSession): void {
    const { customer } = this.config;
    const { token, customerId = customer } = session;
    if (customer && customerId !== customer) throw sessionError("customer_mismatch");
    const before = this.held;
    this.held = session;
    this.#failures = 0;
    this.#plan();
    if (token !== before?.token) this.#listener.sessionChanged(session, before);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.isKeptFresh || !this.held || this.#expired === this.held.token) return;
    const { renewAtMs, endsAtMs } = this.held;
    // A bare token has no successor: all there is to do is to notice its end.
    const dueMs = (this.config.isFixed ? endsAtMs : renewAtMs) - Date.now();
    const waitMs = this.#failures > 0 ? backoffMs(this.#failures) : Math.min(dueMs, LONGEST_TIMER_MS);
    // Whoever needs the session hears of the failure from `get`; here it only leads to the next try.
    this.#timer = setTimeout(() => void this.renew().catch(() => undefined), waitMs);
  }
}
