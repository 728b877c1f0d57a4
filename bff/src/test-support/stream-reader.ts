import assert from "node:assert/strict";
import {
  routes,
  type WidgetBalance,
  widgetBalance,
  type WidgetBalances,
  widgetBalances,
  type WidgetSessionInput,
} from "@credits-kit/contract";
import type { TestClient } from "./client.ts";

/** A message of a stream; a comment has the name `:`. */
export interface StreamMessage {
  readonly name: string;
  readonly id: string;
  readonly data: unknown;
}

const WITHIN_MS = 20_000;

/** Reads a widget's stream as a page does. */
export class StreamReader {
  readonly response: Response;
  readonly #messages: AsyncGenerator<StreamMessage, void>;
  readonly #controller: AbortController;

  private constructor(response: Response, controller: AbortController) {
    this.response = response;
    this.#controller = controller;
    this.#messages = messagesOf(response);
  }

  /** Opens a stream, which must be let in. */
  static async open(
    client: TestClient,
    token: string,
    headers: Record<string, string> = {},
  ): Promise<StreamReader> {
    const controller = new AbortController();
    const response = await fetch(`${client.url}${routes.openWidgetStream.path}`, {
      headers: { Authorization: `Bearer ${token}`, ...headers },
      signal: AbortSignal.any([controller.signal, AbortSignal.timeout(WITHIN_MS)]),
    });
    if (response.status !== 200) assert.fail(`answered ${response.status}: ${await response.text()}`);
    return new StreamReader(response, controller);
  }

  /** The next message; null at the end of the stream. */
  async next(): Promise<StreamMessage | null> {
    const { value, done } = await this.#messages.next();
    return done ? null : value;
  }

  /** What is said next, which must be of this name. */
  async expect(name: string): Promise<StreamMessage> {
    const message = await this.next();
    assert.equal(message?.name, name, JSON.stringify(message));
    return message;
  }

  async snapshot(): Promise<WidgetBalances> {
    const { data } = await this.expect("snapshot");
    assert.deepEqual(data, widgetBalances.parse(data));
    return widgetBalances.parse(data);
  }

  async pool(): Promise<WidgetBalance> {
    const { data, id } = await this.expect("pool");
    const pool = widgetBalance.parse(data);
    const name = pool.resourceId === null ? pool.creditTypeId : `${pool.creditTypeId}/${pool.resourceId}`;
    assert.equal(id, `${name}:${pool.seq}`);
    return pool;
  }

  /** Reads pools up to the one with this balance. */
  async poolsUntil(balance: string): Promise<WidgetBalance[]> {
    const pools: WidgetBalance[] = [];
    while (pools.at(-1)?.balance !== balance) pools.push(await this.pool());
    return pools;
  }

  /** Leaves, as a closed page does. */
  leave(): void {
    this.#controller.abort();
  }
}

/** Mints a session token. */
export async function mint(
  client: TestClient,
  customerId: string,
  more: Omit<WidgetSessionInput, "customerId"> = {},
): Promise<string> {
  const { token } = (await client.call(routes.createWidgetSession, { body: { customerId, ...more } })).body;
  assert.ok(token !== null);
  return token;
}

async function* messagesOf({ body }: Response): AsyncGenerator<StreamMessage, void> {
  if (!body) return;
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop() ?? "";
    yield* blocks.map(toMessage);
  }
}

function toMessage(block: string): StreamMessage {
  if (block.startsWith(":")) return { name: ":", id: "", data: null };
  const fields = new Map<string, string>();
  for (const line of block.split("\n"))
    fields.set(line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1));
  const data: unknown = JSON.parse(fields.get("data") ?? "null");
  return { name: fields.get("event") ?? "", id: fields.get("id") ?? "", data };
}
