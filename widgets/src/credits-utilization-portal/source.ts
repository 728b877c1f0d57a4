import type { WidgetClientOptions } from "@credits-kit/client/widget";
import { read } from "@credits-kit/client/widget/session";
import type { ReactiveController } from "lit";
import { Feed } from "../feed/feed.ts";
import type { FeedState, Question } from "../feed/feed-state.ts";
import type { Topics } from "../feed/topics.ts";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";

/** What an element is to the answers that it shows. */
export interface SourceHost {
  readonly isConnected: boolean;
  addController(controller: ReactiveController): void;
  requestUpdate(): void;
}

export interface SourceOptions<Data> {
  hub: HubController;
  /** What is asked now; nothing while nobody looks at the answer. */
  question(): Question<Data> | undefined;
  /** Where others ask the same. */
  topics: Topics<Data>;
}

/** One answer of the API among several that an element shows: each fails, waits and grows old on its own. */
export class Source<Data> {
  readonly topics: Topics<Data>;
  readonly question: () => Question<Data> | undefined;
  readonly #host: SourceHost;
  readonly #feed: Feed<Data>;
  #state: FeedState<Data> = { type: "loading" };

  constructor(host: SourceHost, { hub, question, topics }: SourceOptions<Data>) {
    this.#host = host;
    this.question = question;
    this.topics = topics;
    this.#feed = new Feed<Data>(this, hub);
  }

  get isConnected(): boolean {
    return this.#host.isConnected;
  }

  get state(): FeedState<Data> {
    return this.#state;
  }

  set state(next: FeedState<Data>) {
    this.#state = next;
    this.#host.requestUpdate();
  }

  /** The answer to what is asked now; nothing while there is none. */
  get data(): Data | undefined {
    return this.#state.type === "loaded" && !this.#state.refreshing ? this.#state.data : undefined;
  }

  addController(controller: ReactiveController): void {
    this.#host.addController(controller);
  }

  hubChanged(state: HubState): void {
    this.#feed.hubChanged(state);
  }

  retry(): void {
    this.#feed.retry();
  }
}

/** A question of a path; what is empty or left out is not sent. */
export function ask<Data>(path: string, query: object): Question<Data> {
  return {
    key: JSON.stringify(query),
    ask: (options: WidgetClientOptions, signal) => read<Data>(options, { path, query, signal }),
  };
}
