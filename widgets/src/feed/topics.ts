import type { Hub } from "../session/hub.ts";
import type { Question } from "./feed-state.ts";
import { Topic } from "./topic.ts";

/** All open questions of one kind. Elements that ask the same of the same hub share the answer. */
export class Topics<Data> {
  readonly #topics = new WeakMap<Hub, Map<string, Topic<Data>>>();

  /** Lets a listener share the topic of a question, which opens if it is the first. */
  join(hub: Hub, question: Question<Data>, listener: () => void): Topic<Data> {
    const topics = this.#topics.get(hub) ?? new Map<string, Topic<Data>>();
    const topic = topics.get(question.key) ?? new Topic(hub, question);
    this.#topics.set(hub, topics.set(question.key, topic));
    topic.listeners.add(listener);
    return topic;
  }

  leave(hub: Hub, key: string, listener: () => void): void {
    const topics = this.#topics.get(hub);
    const topic = topics?.get(key);
    topic?.listeners.delete(listener);
    // An element that is moved within the page leaves and joins in one go: it asks nothing again.
    queueMicrotask(() => {
      if (!topic || topic.listeners.size > 0 || topics?.get(key) !== topic) return;
      topic.close();
      topics.delete(key);
    });
  }
}
