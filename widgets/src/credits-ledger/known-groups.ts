import type { LedgerGrouping, WidgetLedger, WidgetLedgerGroup } from "@credits-kit/client/widget";
import { read } from "@credits-kit/client/widget/session";
import type { ReactiveController } from "lit";
import { Feed, type FeedHost } from "../feed/feed.ts";
import type { FeedState, Question } from "../feed/feed-state.ts";
import { Topics } from "../feed/topics.ts";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";

const topics = new Topics<WidgetLedger>();

/** The element that the form belongs to. */
export interface FormHost {
  readonly isConnected: boolean;
  readonly creditType: string | undefined;
  readonly resource: string | undefined;
  readonly isFormOpen: boolean;
  addController(controller: ReactiveController): void;
  requestUpdate(): void;
}

/** What a ledger can be filtered by, as it is in the ledger itself: asked for while somebody looks at the form. */
export class KnownGroups implements FeedHost<WidgetLedger> {
  readonly topics = topics;
  readonly #host: FormHost;
  readonly #groupBy: LedgerGrouping;
  readonly #feed: Feed<WidgetLedger>;
  #state: FeedState<WidgetLedger> = { type: "loading" };

  constructor(host: FormHost, hub: HubController, groupBy: LedgerGrouping) {
    this.#host = host;
    this.#groupBy = groupBy;
    this.#feed = new Feed<WidgetLedger>(this, hub);
  }

  /** Those that are known; none until they are. Entries that have nothing of it are no group to choose. */
  get groups(): (WidgetLedgerGroup & { key: string })[] {
    const { groups = [] } = this.#state.type === "loaded" ? this.#state.data : {};
    return groups.flatMap((group) => (group.key === null ? [] : [{ ...group, key: group.key }]));
  }

  get isConnected(): boolean {
    return this.#host.isConnected;
  }

  get state(): FeedState<WidgetLedger> {
    return this.#state;
  }

  set state(next: FeedState<WidgetLedger>) {
    this.#state = next;
    this.#host.requestUpdate();
  }

  addController(controller: ReactiveController): void {
    this.#host.addController(controller);
  }

  question(): Question<WidgetLedger> | undefined {
    if (!this.#host.isFormOpen) return undefined;
    const { creditType: creditTypeId, resource: resourceId } = this.#host;
    const query = { creditTypeId, resourceId, groupBy: this.#groupBy, limit: 1 };
    return {
      key: JSON.stringify(query),
      ask: (options, signal) => read<WidgetLedger>(options, { path: "/widget/ledger", query, signal }),
    };
  }

  hubChanged(state: HubState): void {
    // Names of an earlier customer's are nobody's business.
    if (state.type === "loading") this.#state = { type: "loading" };
    this.#feed.hubChanged(state);
  }
}
