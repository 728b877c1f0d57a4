import type { Actor } from "@credits-kit/contract";
import type { Config } from "../config.ts";
import type { SessionTokens } from "../auth/session-tokens.ts";
import type { LiveHub } from "../live/hub.ts";
import type { PaymentGateway } from "../payments/gateway.ts";
import type { PoolWriter } from "../pools/pool-writer.ts";
import type { Database } from "../storage/database.ts";
import type { WidgetAnswers } from "./usage/answer-cache.ts";

/** What services stand on. Built once, by `createApp`. */
export interface Deps {
  readonly database: Database;
  /** The one way to change a pool. */
  readonly pools: PoolWriter;
  readonly live: LiveHub;
  /** What widgets were answered, until something of their customer changes. */
  readonly widgetAnswers: WidgetAnswers;
  /** How money comes in; null where nothing can be bought. */
  readonly payments: PaymentGateway | null;
  /** What Stripe told is stored: whoever deals with it should look. */
  readonly stripeEventsChanged: () => void;
  /** An auto top-up was set or let go on: whoever evaluates them should look. */
  readonly autoTopUpsChanged?: (customerId: string) => void;
  /** An auto top-up stopped or went on by itself, and that is committed: whoever shows it should look. */
  readonly standingChanged?: (customerId: string) => void;
  /** Something about money needs a person; what it says is safe for a log. */
  readonly onAlarm: (alarm: Alarm) => void;
  readonly selling: Selling;
  /** One deployment is one environment. */
  readonly mode: Config["mode"];
  /** Signs what widgets carry. */
  readonly sessionTokens: SessionTokens;
  /** Milliseconds since 1970; the database's clock decides about money, this one about everything else. */
  readonly now: () => number;
  /** Whether the process is on its way out and should get no more requests. */
  readonly isStopping: () => boolean;
  /** The OpenAPI document. */
  readonly openApi: () => string;
}

/** What orders are made with, from the configuration. */
export type Selling = Pick<Config, "publicUrl" | "allowedOrigins" | "checkoutMinutes">;

/** What is told to whoever runs the product. */
export interface Alarm {
  readonly kind: string;
  readonly topUpId: string | null;
  readonly objectId: string | null;
  readonly detail: string;
}

/** The caller's `Idempotency-Key` and the route it holds for. */
export interface Idempotency {
  readonly route: string;
  readonly key: string;
}

/** Who asks, and under which request. */
export interface Call {
  readonly requestId: string;
  readonly actor: Actor;
  readonly idempotency: Idempotency | null;
}

/** An answer that must go out byte for byte as it did the first time. */
export interface StoredAnswer {
  readonly body: string;
  readonly replayed: boolean;
}
