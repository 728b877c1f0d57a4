import type { WidgetAutoTopUp, WidgetBalance } from "@credits-kit/client/widget";
import { Watch } from "../paying/watch.ts";
import { micros } from "../ui/decimal.ts";

export interface StatusWatchOptions {
  read(signal: AbortSignal): Promise<WidgetAutoTopUp>;
  heard(settings: WidgetAutoTopUp): void;
}

/** Several changes of a pool in a moment are one question. */
const NEWS_PAUSE_MS = 400;
const LONGEST_WAIT_MS = 60 * 60_000;

/** Asks again how an auto top-up stands: after news of its pool, when a pause is over, and often while something is under way. */
export class StatusWatch {
  readonly #options: StatusWatchOptions;
  readonly #watch: Watch<WidgetAutoTopUp>;
  #news: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #page: AbortController | undefined;

  constructor(options: StatusWatchOptions) {
    this.#options = options;
    // Where it has taken so long that the page no longer asks by itself, a look at it asks again.
    const { read, heard } = options;
    this.#watch = new Watch({ read: (_id, signal) => read(signal), heard, tired: () => undefined });
  }

  /** The pool has changed: the auto top-up may have, too. */
  news(): void {
    clearTimeout(this.#news);
    this.#news = setTimeout(() => void this.#ask(), NEWS_PAUSE_MS);
  }

  /** It stands so now: decides when to ask again. */
  follow(settings: WidgetAutoTopUp, pool: WidgetBalance | undefined): void {
    clearTimeout(this.#pause);
    const series = seriesOf(settings, pool);
    if (series) this.#watch.follow(series);
    else this.#watch.stop();
    const endsAtMs = Date.parse(settings.nextTryAt ?? "");
    if (!(endsAtMs > 0)) return;
    const waitMs = Math.min(Math.max(endsAtMs - Date.now(), 0) + 1_000, LONGEST_WAIT_MS);
    this.#pause = setTimeout(() => void this.#ask(), waitMs);
  }

  stop(): void {
    clearTimeout(this.#news);
    clearTimeout(this.#pause);
    this.#page?.abort();
    this.#watch.stop();
  }

  async #ask(): Promise<void> {
    this.#page?.abort();
    const { signal } = (this.#page = new AbortController());
    // What cannot be read now is read the next time.
    const settings = await this.#options.read(signal).catch(() => undefined);
    if (settings && !signal.aborted) this.#options.heard(settings);
  }
}

/** What is worth asking often for a while; another name begins anew. */
function seriesOf({ rule, state, inFlight, lastAttempt }: WidgetAutoTopUp, pool: WidgetBalance | undefined) {
  if (state === "action_required") return `confirm ${lastAttempt?.id}`;
  // An invoice is paid whenever it is paid; the pool tells of it.
  if (inFlight?.invoice) return undefined;
  if (state === "in_flight") return `payment ${lastAttempt?.id}`;
  // The pool has just fallen below the threshold: the payment begins within seconds.
  const threshold = rule?.enabled && state === "active" ? rule.threshold : undefined;
  const isBelow = pool && typeof threshold === "string" && micros(pool.available) < micros(threshold);
  return isBelow ? `expected ${pool.seq}` : undefined;
}
