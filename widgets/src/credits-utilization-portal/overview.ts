import type {
  ForecastQuery,
  GrantsQuery,
  LedgerQuery,
  UsageQuery,
  WidgetForecast,
  WidgetGrants,
  WidgetLedger,
  WidgetUsage,
} from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import type { FeedState } from "../feed/feed-state.ts";
import { Topics } from "../feed/topics.ts";
import { renderEmpty } from "../feed/render-state.ts";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";
import { micros } from "../ui/decimal.ts";
import type { PortalPart } from "./credits-utilization-portal.types.ts";
import { renderAlerts } from "./render-alerts.ts";
import { renderEntries, renderExpiries } from "./render-lists.ts";
import { renderTiles } from "./render-tiles.ts";
import { renderTrend } from "./render-trend.ts";
import type { PortalView } from "./portal-view.ts";
import { ask, Source, type SourceHost } from "./source.ts";

const topics = {
  usage: new Topics<WidgetUsage>(),
  grants: new Topics<WidgetGrants>(),
  ledger: new Topics<WidgetLedger>(),
};

export interface OverviewOptions {
  hub: HubController;
  poolOf(): ForecastQuery | undefined;
  /** Whether somebody looks at it. */
  isOpen(part: PortalPart): boolean;
  /** Whether credits wait for their invoice to be paid. */
  isPending(): boolean;
}

/** The overview: what it asks the API while it is open, and what it draws. */
export class Overview {
  readonly #usage: Source<WidgetUsage>;
  readonly #expiries: Source<WidgetGrants>;
  readonly #unpaid: Source<WidgetGrants>;
  readonly #entries: Source<WidgetLedger>;

  constructor(host: SourceHost, { hub, poolOf, isOpen, isPending }: OverviewOptions) {
    const poolFor = (part: PortalPart) => (isOpen(part) ? poolOf() : undefined);
    this.#usage = new Source(host, {
      ...{ hub, topics: topics.usage },
      question: () => {
        const pool = poolFor("trend");
        return pool && ask<WidgetUsage>("/widget/usage", pool satisfies UsageQuery);
      },
    });
    const grants = (part: PortalPart, query: GrantsQuery) => {
      const { creditTypeId, resourceId } = poolFor(part) ?? {};
      return creditTypeId === undefined
        ? undefined
        : ask<WidgetGrants>("/widget/grants", { creditTypeId, resourceId, ...query });
    };
    this.#expiries = new Source(host, {
      ...{ hub, topics: topics.grants },
      question: () => grants("expiries", { status: ["active"], sort: "expiresAt", limit: 5 }),
    });
    this.#unpaid = new Source(host, {
      ...{ hub, topics: topics.grants },
      question: () => (isPending() ? grants("alerts", { status: ["payment_pending"], limit: 3 }) : undefined),
    });
    this.#entries = new Source(host, {
      ...{ hub, topics: topics.ledger },
      question: () => {
        const { creditTypeId, resourceId } = poolFor("entries") ?? {};
        const query: LedgerQuery = { creditTypeId, resourceId, limit: 5 };
        return creditTypeId === undefined ? undefined : ask<WidgetLedger>("/widget/ledger", query);
      },
    });
  }

  hubChanged(state: HubState): void {
    for (const source of this.#sources) source.hubChanged(state);
  }

  retry(): void {
    for (const source of this.#sources) if (source.state.type !== "loaded") source.retry();
  }

  render(view: PortalView, forecast: FeedState<WidgetForecast>) {
    const { isHidden, pool } = view;
    if (!pool) return html`<div class="section">${renderEmpty({ ...view, texts: view.common })}</div>`;
    const isWaiting = micros(pool.pending) > 0n;
    const unpaid = isWaiting ? (this.#unpaid.data?.data ?? []) : [];
    return html`
      ${isHidden("tiles") ? nothing : renderTiles(view, pool, forecast)}
      ${isHidden("alerts") ? nothing : renderAlerts(view, pool, unpaid)}
      ${isHidden("trend") ? nothing : renderTrend(view, this.#usage)}
      <div class="columns">
        ${isHidden("expiries") ? nothing : renderExpiries(view, this.#expiries)}
        ${isHidden("entries") ? nothing : renderEntries(view, this.#entries)}
      </div>
    `;
  }

  get #sources() {
    return [this.#usage, this.#expiries, this.#unpaid, this.#entries];
  }
}
