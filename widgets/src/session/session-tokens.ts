import { backoffMs } from "./backoff.ts";
import { SessionError } from "./failure.ts";
import { holdSession, type HeldSession } from "./held-session.ts";
import { askForSession, type SessionSource } from "./session-source.ts";

export interface SessionListener {
  /** Another session is held now. */
  sessionChanged(session: HeldSession): void;
  /** The session is over and nobody can renew it. */
  sessionExpired(): void;
}

/** Holds the page's session and renews it: once at a time, at 80 % of its life, and when the server refuses it. */
export class SessionTokens {
  /** Where the next session comes from. */
  source: SessionSource;
  readonly #customer: string | undefined;
  readonly #listener: SessionListener;
  #held: HeldSession | undefined;
  #asking: Promise<HeldSession> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fresh = false;
  #failures = 0;
  #expired: string | undefined;

  /** Sessions of another than `customer`, where the host page names one, are refused. */
  constructor(source: SessionSource, customer: string | undefined, listener: SessionListener) {
    this.source = source;
    this.#customer = customer;
    this.#listener = listener;
  }

  get held(): HeldSession | undefined {
    return this.#held;
  }

  /** A session that is good now, by this page's clock. */
  async get(): Promise<HeldSession> {
    // The wall clock, not a timer: a page that slept wakes with an old session and a timer that did not run.
    return this.#held && Date.now() < this.#held.endsAtMs ? this.#held : this.renew();
  }

  /** A new session, in place of one that was `refused`; if another call has replaced that one already, its successor. */
  renew(refused?: string): Promise<HeldSession> {
    if (refused !== undefined && this.#held && this.#held.token !== refused) return Promise.resolve(this.#held);
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** Renews by itself from now on. */
  keepFresh(): void {
    this.#fresh = true;
    this.#plan();
  }

  /** Leaves the session to age: nobody watches. */
  rest(): void {
    this.#fresh = false;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<HeldSession> {
    const { source } = this;
    if (source.kind === "token") return this.#useFixed(source.token);
    try {
      const session = holdSession(await askForSession(source));
      this.#failures = 0;
      this.#hold(session);
      return session;
    } catch (error) {
      this.#failures += 1;
      this.#plan();
      throw error;
    }
  }

  #useFixed(token: string): HeldSession {
    if (this.#held?.token === token) {
      if (this.#expired !== token) this.#listener.sessionExpired();
      this.#expired = token;
      throw new SessionError("session_expired");
    }
    const session = holdSession({ token, expiresAt: "" });
    this.#hold(session);
    return session;
  }

  #hold(session: HeldSession): void {
    const { customerId = this.#customer } = session;
    if (this.#customer !== undefined && customerId !== this.#customer) throw new SessionError("customer_mismatch");
    const changed = session.token !== this.#held?.token;
    this.#held = session;
    this.#plan();
    if (changed) this.#listener.sessionChanged(session);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.#fresh || !this.#held) return;
    const fixed = this.source.kind === "token";
    const due = (fixed ? this.#held.endsAtMs : this.#held.renewAtMs) - Date.now();
    const wait = this.#failures > 0 ? backoffMs(this.#failures) : Math.max(0, due);
    // Whoever needs the session hears of the failure from `get`; here it only leads to the next try.
    this.#timer = setTimeout(() => void this.renew().catch(() => undefined), wait);
  }
}
