import { formatCredits } from "@credits-kit/amounts";
import { routes } from "@credits-kit/contract";
import type { TestClient } from "../../bff/src/test-support/client.ts";
import type { Ask } from "../../packages/engine/src/test-support/reference-model.ts";
import { NOW } from "./frozen-history.ts";

const DAY_MS = 86_400_000;
const HOLD_STEP_SECONDS = 60;
const HOLD_LEAST_SECONDS = 3_600;

/** Asks a BFF over HTTP what a history asks, in a pool of a customer's own. */
export class AskingApi {
  readonly #client: TestClient;
  readonly #customerId: string;
  readonly #beganAt = Date.now();
  /** The ids that the server made, by the history's. */
  readonly grantIds = new Map<string, string>();

  constructor(client: TestClient, customerId: string) {
    this.#client = client;
    this.#customerId = customerId;
  }

  /** @returns whether it was done. @throws Error when the server blames itself */
  async ask(ask: Ask, index: number): Promise<boolean> {
    const customerId = this.#customerId;
    switch (ask.kind) {
      case "settle":
        return this.#send("GET", `/v1/customers/${customerId}/balances`);
      case "grant":
        return this.#grant(ask);
      case "consume": {
        const { amount, limit } = ask;
        const quantity = formatCredits(amount);
        return this.#send("POST", "/v1/events", {
          id: `e${index}`,
          customerId,
          featureId: "email",
          quantity,
          limit,
        });
      }
      case "reverse":
        return this.#send("POST", "/v1/events/reverse", {
          customerId,
          id: `e${ask.consumed}`,
          reason: "oops",
        });
      case "update_grant": {
        const { priority, effectiveAt, expiresAt } = ask;
        const dates = { effectiveAt: this.#time(effectiveAt), expiresAt: this.#time(expiresAt) };
        const change = { priority, ...dates, reason: "changed" };
        return this.#send("PATCH", `/v1/grants/${this.#idOf(ask.grantId)}`, change);
      }
      case "revoke": {
        const amount = ask.amount === null ? undefined : formatCredits(ask.amount);
        return this.#send("POST", `/v1/grants/${this.#idOf(ask.grantId)}/revoke`, { amount, reason: "gone" });
      }
      case "place_hold": {
        const { holdId: id, amount, expiresAt } = ask;
        const spending = { creditTypeId: "credits", amount: formatCredits(amount) };
        const expiresInSeconds = secondsUntil(expiresAt);
        return this.#send("POST", "/v1/holds", { id, customerId, ...spending, expiresInSeconds });
      }
      case "capture_hold": {
        const { holdId: id, amount, isFinal: final } = ask;
        return this.#send("POST", "/v1/holds/capture", {
          id,
          customerId,
          amount: formatCredits(amount),
          final,
        });
      }
      case "release_hold":
        return this.#send("POST", "/v1/holds/release", { id: ask.holdId, customerId });
      case "extend_hold": {
        const expiresInSeconds = secondsUntil(ask.expiresAt);
        return this.#send("POST", "/v1/holds/extend", { id: ask.holdId, customerId, expiresInSeconds });
      }
      default:
        throw new Error(`nobody can ask for ${ask.kind} over HTTP`);
    }
  }

  async #grant(ask: Extract<Ask, { kind: "grant" }>): Promise<boolean> {
    const { amount, category, priority, effectiveAt, expiresAt } = ask;
    const json = {
      customerId: this.#customerId,
      creditTypeId: "credits",
      amount: formatCredits(amount),
      category,
      ...(category === "paid" ? { costBasis: { amount: "0.01", currency: "usd" } } : {}),
      priority,
      effectiveAt: this.#time(effectiveAt) ?? undefined,
      expiresAt: this.#time(expiresAt) ?? undefined,
    };
    const reply = await this.#client.send("POST", "/v1/grants", { json });
    if (reply.status !== 201) return refusedBy(reply);
    this.grantIds.set(ask.grantId, routes.createGrant.answer.parse(JSON.parse(reply.text)).id);
    return true;
  }

  async #send(method: string, path: string, json?: object): Promise<boolean> {
    const reply = await this.#client.send(method, path, json ? { json } : {});
    return reply.status < 300 || refusedBy(reply);
  }

  #idOf(grantId: string): string {
    return this.grantIds.get(grantId) ?? "gr_nothing";
  }

  #time(instant: number | null | undefined): string | null | undefined {
    if (instant === null || instant === undefined) return instant;
    return new Date(this.#beganAt + (instant - NOW) * DAY_MS).toISOString();
  }
}

function secondsUntil(instant: number): number {
  return HOLD_LEAST_SECONDS + (instant - NOW) * HOLD_STEP_SECONDS;
}

function refusedBy({ status, text }: { status: number; text: string }): false {
  if (status >= 500) throw new Error(`the server answered ${status}: ${text}`);
  return false;
}
