import type { ApiError } from "@credits-kit/client/widget";
import { backoffMs } from "../session/backoff.ts";
import { apiErrorOf, isForbidden, isRetryable } from "../session/failure.ts";
import type { Hub, HubState } from "../session/hub.ts";
import type { FeedState, Question } from "./feed-state.ts";

/** Credits that change change often: news within this time are one. */
const SETTLE_MS = 1_500;
/** The least time from one answer to the next question that nobody asked for. */
const PACE_MS = 5_000;
/** Days end without any news of credits. */
const OLD_AFTER_MS = 10 * 60_000;
const MOST_TRIES = 4;

/**
 * One question that elements of a page share, and its answer: asked again when the credits change, a few times when it
 * fails, and forgotten at once when the session is another customer's.
 */
export class Topic<Data> {
  state: FeedState<Data> = { type: "loading" };
  readonly listeners = new Set<() => void>();
  readonly #hub: Hub;
  readonly #question: Question<Data>;
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #answeredAtMs = 0;
  #failures = 0;
  #error: ApiError | undefined;
  #data: Data | undefined;
  /** Whose data it is, as far as that is known. */
  #customer: string | undefined;
  /** The pools as they were when it was asked. */
  #known: string | undefined;
  #hubIsStale = false;
  /** The credits changed since it was last asked. */
  #hasNews = false;

  constructor(hub: Hub, question: Question<Data>) {
    this.#hub = hub;
    this.#question = question;
    this.#ask();
  }

  /** Asks again at once, because a person wants it. */
  retry(): void {
    this.#failures = 0;
    if (this.#hub.state.type === "error") this.#hub.retry();
    this.#ask();
  }

  /** Takes note of what became of the credits. Every element that shows this topic passes it on; once is enough. */
  hubChanged(hub: HubState): void {
    if (hub.type === "loading" && this.#known !== undefined) return this.#wipe();
    if (hub.type !== "ready") return;
    const { balances, customerId } = hub.pools;
    if (this.#customer !== undefined && this.#customer !== customerId) this.#wipe();
    this.#customer = customerId;
    const known = JSON.stringify(balances.map(({ seq }) => seq));
    const isBack = this.#hubIsStale && !hub.stale;
    this.#hubIsStale = Boolean(hub.stale);
    const isNews = this.#known !== undefined && this.#known !== known;
    this.#known = known;
    if (isBack && this.#error) this.retry();
    else if (isNews && !this.#error) this.#takeNews();
  }

  /** Nobody shows it any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  /** Later news wait with the first: credits that change all the time would put the question off for ever. */
  #takeNews(): void {
    const isPlanned = this.#hasNews || this.#asking;
    this.#hasNews = true;
    if (!isPlanned) this.#plan(SETTLE_MS);
  }

  #ask(): void {
    this.close();
    this.#hasNews = false;
    const asking = (this.#asking = new AbortController());
    void this.#answer(asking).finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#changed();
  }

  async #answer(asking: AbortController): Promise<void> {
    let asked: string | undefined;
    const held = () => this.#hub.tokens.held?.customerId;
    try {
      const data = await this.#hub.api.call((options) => {
        asked = held();
        return this.#question.ask(options, asking.signal);
      });
      if (asking.signal.aborted) return;
      // The session became another customer's meanwhile: this answer is nobody's business.
      if (asked !== held()) return this.#ask();
      this.#data = data;
      this.#customer = asked ?? this.#customer;
      this.#error = undefined;
      this.#failures = 0;
      this.#answeredAtMs = Date.now();
      // What changed while the answer was on its way may not be in it.
      this.#plan(this.#hasNews ? SETTLE_MS : OLD_AFTER_MS);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.#fail(apiErrorOf(error));
    }
    this.#asking = undefined;
    this.#changed();
  }

  #fail(error: ApiError): void {
    this.#error = error;
    this.#failures += 1;
    if (isForbidden(error.code)) this.#data = undefined;
    else if (isRetryable(error.code) && this.#failures < MOST_TRIES)
      this.#timer = setTimeout(() => this.#ask(), error.retryAfterMs ?? backoffMs(this.#failures));
  }

  #plan(waitMs: number): void {
    clearTimeout(this.#timer);
    const paceMs = this.#answeredAtMs + PACE_MS - Date.now();
    this.#timer = setTimeout(() => this.#ask(), Math.max(waitMs, paceMs));
  }

  /** The hub knows nothing, any more: perhaps the credits are somebody else's now. */
  #wipe(): void {
    this.#known = this.#data = this.#error = this.#customer = undefined;
    this.#ask();
  }

  #changed(): void {
    this.state = this.#describe();
    for (const listener of [...this.listeners]) listener();
  }

  #describe(): FeedState<Data> {
    const { code = "", requestId } = this.#error ?? {};
    const tries = { retryable: isRetryable(code), retrying: Boolean(this.#asking) };
    if (this.#data !== undefined) {
      const stale = this.#error && { sinceMs: this.#answeredAtMs, ...tries };
      return { type: "loaded", data: this.#data, stale };
    }
    if (!this.#error) return { type: "loading" };
    return { type: isForbidden(code) ? "forbidden" : "error", code, requestId, ...tries };
  }
}
