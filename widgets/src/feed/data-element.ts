import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { HubState } from "../session/hub.ts";
import { HubController } from "../session/hub-controller.ts";
import { SessionElement } from "../session/session-element.ts";
import { Formats } from "../ui/formats.ts";
import type { Translation } from "../ui/translation.ts";
import { warnOnce } from "../warn-once.ts";
import { Feed } from "./feed.ts";
import type { FeedState, Question } from "./feed-state.ts";
import type { Topics } from "./topics.ts";

/** An element that draws the answer to one question of the API: what it shows at any moment is its `state`. */
export abstract class DataElement<Data> extends SessionElement {
  static override properties: PropertyDeclarations = {
    creditType: { attribute: "credit-type" },
    resource: {},
    timeZone: { attribute: "time-zone" },
    fractionDigits: { attribute: "fraction-digits", type: Number },
    hideUnit: { attribute: "hide-unit", type: Boolean },
    state: { attribute: false },
  };

  /** The credit type that is shown; without it charts show the first of several by its id, and lists show all. */
  declare creditType: string | undefined;
  /** The pool of this resource only; `none` is the pool without one. */
  declare resource: string | undefined;
  /** The time zone of days and dates, such as `Europe/Berlin`; by default the person's own. */
  declare timeZone: string | undefined;
  /** How many decimals figures have; by default as many as they need. */
  declare fractionDigits: number | null | undefined;
  /** Leaves out the unit beside figures. */
  declare hideUnit: boolean;
  /** What the element shows. It follows the session by itself; set it to show data of your own without one. */
  declare state: FeedState<Data>;

  /** Where its session is. */
  protected readonly hub = new HubController(this);
  readonly #feed: Feed<Data>;
  /** What it showed before this update. */
  #shown: FeedState<Data> | undefined;
  /** What the time zone that was told means: to find out takes long, and each drawing asks more than once. */
  #zone: { told: string | undefined; name: string } | undefined;

  constructor() {
    super();
    this.state = { type: "loading" };
    this.hideUnit = false;
    this.#feed = new Feed<Data>(this, this.hub);
  }

  /** @internal Where elements of its kind share their questions. */
  abstract get topics(): Topics<Data>;

  /** @internal What it asks the API now; nothing while it cannot know that. */
  abstract question(): Question<Data> | undefined;

  /** What it draws, in the language at hand. */
  protected abstract renderContent(texts: Translation): unknown;

  /** It shows data for the first time, or again after an error. */
  protected abstract loaded(): void;

  /** It cannot show data. */
  protected abstract failed(failure: { code: string; retryable: boolean }): void;

  /** Tries again at once. */
  retry(): void {
    this.#feed.retry();
  }

  /** @internal */
  hubChanged(state: HubState): void {
    this.#feed.hubChanged(state);
  }

  /** The time zone of its days: as told, else the person's own. */
  protected get zone(): string {
    const { timeZone: told } = this;
    if (this.#zone?.told !== told) this.#zone = undefined;
    return (this.#zone ??= { told, name: zoneOf(told) }).name;
  }

  protected get formats(): Formats {
    return new Formats(this.language.tag, this.timeZone);
  }

  protected override render() {
    const { texts } = this.language;
    if (!texts) return nothing;
    const { type } = this.state;
    const busy = type === "loading" || (type === "loaded" && this.state.refreshing === true);
    return html`
      <div
        class="base"
        part="base"
        lang=${texts.code}
        dir=${this.dir || (this.lang ? texts.dir : nothing)}
        aria-busy=${busy}
      >
        ${this.renderContent(texts)}
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { state } = this;
    const before = this.#shown;
    this.#shown = state;
    if (state === before) return;
    if ("code" in state) {
      if (!(before && "code" in before && before.code === state.code)) this.failed(state);
    } else if (state.type === "loaded" && before?.type !== "loaded") this.loaded();
  }
}

function zoneOf(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    warnOnce(String(error), String(error));
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}
