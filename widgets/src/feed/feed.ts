import type { ReactiveController } from "lit";
import type { Hub, HubState } from "../session/hub.ts";
import type { HubController, HubHost } from "../session/hub-controller.ts";
import type { FeedState, Question } from "./feed-state.ts";
import type { Topic } from "./topic.ts";
import type { Topics } from "./topics.ts";

export interface FeedHost<Data> extends HubHost {
  /** What the element shows; the feed sets it. */
  state: FeedState<Data>;
  /** Where elements of its kind share their questions. */
  readonly topics: Topics<Data>;
  /** What the element asks now; nothing while it cannot know that. */
  question(): Question<Data> | undefined;
}

/** Joined to the topic of a question, until another question is asked. */
interface Subscription<Data> {
  hub: Hub;
  key: string;
  topic: Topic<Data>;
}

/** Keeps an element at the answer to its question, whatever becomes of the session, the question and the credits. */
export class Feed<Data> implements ReactiveController {
  readonly #host: FeedHost<Data>;
  readonly #hub: HubController;
  #joined: Subscription<Data> | undefined;
  readonly #listener = () => this.#show();

  constructor(host: FeedHost<Data>, hub: HubController) {
    this.#host = host;
    this.#hub = hub;
    host.addController(this);
  }

  /** To be called by the host when its hub changed. */
  hubChanged(state: HubState): void {
    const { hub } = this.#hub;
    // The host has no session: only its hub controller can say so.
    if (!hub) {
      const { state: shown } = this.#host;
      const isOwn = shown.type === "loaded" && !this.#joined;
      if (state.type === "error" && !isOwn) this.#host.state = state;
      return;
    }
    if (state.type === "loading") this.#forget();
    this.hostUpdate();
    this.#joined?.topic.hubChanged(state);
  }

  /** Tries again at once. */
  retry(): void {
    if (this.#joined) this.#joined.topic.retry();
    else this.#hub.hub?.retry();
  }

  /** Before each update: every part of the question is a reactive property of the host. */
  hostUpdate(): void {
    const { hub } = this.#hub;
    const question = this.#host.isConnected && hub ? this.#host.question() : undefined;
    if (hub && question && this.#joined?.hub === hub && this.#joined.key === question.key) return;
    this.#leave();
    if (!hub || !question) return;
    const { key } = question;
    this.#joined = { hub, key, topic: this.#host.topics.join(hub, question, this.#listener) };
    this.#joined.topic.hubChanged(hub.state);
    this.#show();
  }

  hostDisconnected(): void {
    this.#leave();
  }

  #leave(): void {
    const joined = this.#joined;
    this.#joined = undefined;
    if (joined) this.#host.topics.leave(joined.hub, joined.key, this.#listener);
  }

  /** Nothing of an earlier customer stays on the screen. */
  #forget(): void {
    if (this.#host.state.type === "loaded" && this.#joined) this.#host.state = { type: "loading" };
  }

  #show(): void {
    const next = this.#joined?.topic.state;
    if (!next) return;
    const { state } = this.#host;
    // Rows stay where they are while others are on their way; no jump to a skeleton and back.
    const stays = next.type === "loading" && state.type === "loaded";
    this.#host.state = stays ? { ...state, refreshing: true } : next;
  }
}
