import type { WidgetBalance, WidgetGrant, WidgetLedgerEntry } from "@credits-kit/client/widget";
import { FakeAutoTopUps, settingsOf } from "../../widgets/src/testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import type { FakeServer } from "../../widgets/src/testing/fake-server.ts";
import { grantOf, grantsOf, inDays, someGrants } from "../../widgets/src/testing/grants.ts";
import { entryOf, ledgerOf, someEntries } from "../../widgets/src/testing/ledger.ts";
import { billingOf, outlookOf, preferencesOf } from "../../widgets/src/testing/portal.ts";
import { serve } from "../../widgets/src/testing/scenes/scene-server.ts";
import { VISA } from "../../widgets/src/testing/top-ups.ts";
import { usageOf } from "../../widgets/src/testing/usage.ts";

/** What a session may do, in words. */
export const SCOPES: Readonly<Record<string, string[]>> = {
  "read, buy, change settings": ["read", "top_up", "settings"],
  "read and buy": ["read", "top_up"],
  read: ["read"],
};

export const API_STATES = ["normally", "slowly", "with faults", "not: no network", "not: forbidden"] as const;

type ApiState = (typeof API_STATES)[number];

export const isApiState = (value: unknown): value is ApiState => API_STATES.some((state) => state === value);

const SLOW_MS = 1_500;
const PAID_MS = 400;

const FAULTS: Partial<Record<ApiState, FakeServer["fault"]>> = {
  "with faults": { status: 500, code: "internal" },
  "not: no network": "offline",
  "not: forbidden": { status: 403, code: "forbidden" },
};

/** What each feature uses on thirty days. */
const month = (usual: number) =>
  Array.from({ length: 30 }, (_, day) =>
    Math.round(usual * ((day + 3) % 7 > 4 ? 0.4 : 1) * (1 + Math.sin(day) / 3)),
  );

/**
 * A widget API and a host's back end behind this page's `fetch`, with its stream: elements, sessions and requests are the
 * real ones. What is bought, set or spent changes what it answers next.
 */
export class PlaygroundApi {
  readonly base: string;
  readonly #server: FakeServer;
  #pool: WidgetBalance = poolOf({
    ...{ available: "1240", balance: "1280", held: "40", seq: 40, autoTopUp: "on" },
    ...{ nextExpiry: { at: inDays(6.5), amount: "120" }, nextRefreshAt: inDays(9.5) },
  });
  #entries: WidgetLedgerEntry[] = someEntries();
  #grants: WidgetGrant[] = someGrants();

  constructor(scopes: string[], state: ApiState) {
    const { server, session } = serve();
    this.base = session.apiBase ?? "";
    this.#server = server;
    server.scopes = scopes;
    server.fault = FAULTS[state];
    const autoTopUps = new FakeAutoTopUps(server);
    autoTopUps.settings = settingsOf();
    const { topUps } = autoTopUps;
    topUps.offer = { ...topUps.offer, savedCard: VISA };
    topUps.next = { status: "paid", receiptUrl: "https://pay.example/receipt" };
    const { answer } = server;
    server.answer = (url, init) => {
      this.#order(url, init);
      return this.#read(url) ?? answer?.(url, init);
    };
    if (state === "slowly") this.#slow();
    this.#tell();
  }

  spend(): void {
    this.#move(-20, { type: "consumed" });
  }

  grant(credits = 500): void {
    const grant = grantOf({
      id: `gr_${this.#pool.seq}`,
      amount: String(credits),
      remaining: String(credits),
    });
    this.#grants = [
      { ...grant, consumed: "0", createdAt: inDays(0), effectiveAt: inDays(0) },
      ...this.#grants,
    ];
    this.#move(credits, { type: "granted", feature: null, source: { kind: "api", id: null } });
  }

  cut(): void {
    this.#server.cut();
  }

  /** Another entry of the ledger, which every open stream hears of. */
  #move(delta: number, change: Partial<WidgetLedgerEntry>): void {
    const { seq, history } = this.#pool;
    const at = new Date().toISOString();
    const balance = String(Number(this.#pool.balance) + delta);
    const available = String(Number(this.#pool.available) + delta);
    this.#entries = [
      entryOf({ ...change, seq: seq + 1, delta: String(delta), endBalance: balance, at, occurredAt: at }),
      ...this.#entries,
    ];
    this.#pool = {
      ...this.#pool,
      ...{ balance, available, seq: seq + 1, asOf: at, low: Number(available) < 400 },
      history: [...history, { seq: seq + 1, at, balance }].slice(-30),
    };
    this.#tell();
    this.#server.push(this.#pool);
  }

  #tell(): void {
    this.#server.balances = balancesOf([this.#pool], {
      canTopUp: this.#server.scopes.includes("top_up"),
    });
  }

  #read({ pathname, searchParams }: URL): Promise<Response> | undefined {
    const wants = (name: string, value: string | null | undefined) =>
      !searchParams.has(name) || searchParams.get(name) === value;
    const answers: Record<string, () => object> = {
      "/widget/usage": () =>
        usageOf([
          { key: "image", label: "Image generation", points: month(96), previous: month(80) },
          { key: "video", label: "Video rendering", points: month(62), previous: month(66) },
          { key: "captions", label: "Captions", points: month(21), previous: month(12) },
        ]),
      "/widget/forecast": () => outlookOf(),
      "/widget/grants": () =>
        grantsOf(
          this.#grants.filter((one) => wants("status", one.status) && wants("category", one.category)),
        ),
      "/widget/ledger": () =>
        ledgerOf(
          this.#entries.filter((one) => wants("type", one.type) && wants("featureId", one.feature?.id)),
        ),
      "/widget/billing": () => billingOf(),
      "/widget/notification-preferences": () => preferencesOf(),
    };
    const found = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
    return found && Promise.resolve(Response.json(found()));
  }

  /** What is paid comes into the pool. */
  #order({ pathname }: URL, { method, body }: RequestInit): void {
    if (method !== "POST" || pathname !== "/widget/top-ups" || typeof body !== "string") return;
    const credits = /"credits":"(\d+)"/.exec(body)?.[1];
    setTimeout(() => this.grant(Number(credits ?? 0)), PAID_MS);
  }

  #slow(): void {
    const { answer } = this.#server;
    this.#server.answer = (url, init) => {
      const answered = answer?.(url, init);
      return answered && new Promise((resolve) => setTimeout(() => resolve(answered), SLOW_MS));
    };
  }
}
