import type { ReactiveController } from "lit";
import type { Hub, HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";
import type { FeedState, Question } from "./feed-state.ts";
import type { Topic } from "./topic.ts";
import type { Topics } from "./topics.ts";

/** An element, or what asks a second question for one. */
export interface FeedHost<Data> {
  readonly isConnected: boolean;
  addController(controller: ReactiveController): void;
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
  /** Where what is shown came from. */
  #shown: Subscription<Data> | undefined;
  #customer: string | undefined;
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
    const customer = state.type === "ready" ? state.pools.customerId : undefined;
    // Nothing of an earlier customer stays on the screen.
    if (state.type === "loading" || (customer && this.#customer && customer !== this.#customer))
      this.#shown = undefined;
    this.#customer = customer ?? this.#customer;
    this.hostUpdate();
    this.#joined?.topic.hubChanged(state);
    this.#show();
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

  #show(): void {
    const next = this.#joined?.topic.state;
    if (!next) return;
    const { state } = this.#host;
    if (next.type === "loading" && state.type === "loaded" && this.#staysMeanwhile()) {
      if (!state.refreshing) this.#host.state = { ...state, refreshing: true };
      return;
    }
    this.#shown = this.#joined;
    this.#host.state = next;
  }

  /** Rows stay while those of another question are on their way: no jump to a skeleton and back. Another session's go. */
  #staysMeanwhile(): boolean {
    return this.#shown?.hub === this.#joined?.hub && this.#shown?.topic !== this.#joined?.topic;
  }
}
