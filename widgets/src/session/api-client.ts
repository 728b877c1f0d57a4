import {
  ApiError,
  createWidgetClient,
  type StreamMessage,
  type WidgetBalances,
  type WidgetClient,
} from "@credits-kit/client/widget";
import type { SessionTokens } from "./session-tokens.ts";

export interface OpenStream {
  /** The token that the stream was opened with. */
  token: string;
  messages: AsyncGenerator<StreamMessage, void>;
}

/** Calls the widget API with the session that is good now, and once more with a new one when the server refuses it. */
export class ApiClient {
  readonly #apiBase: string;
  readonly #tokens: SessionTokens;

  constructor(apiBase: string, tokens: SessionTokens) {
    this.#apiBase = apiBase;
    this.#tokens = tokens;
  }

  getBalances(signal: AbortSignal): Promise<WidgetBalances> {
    return this.#call((client) => client.getBalances({}, signal));
  }

  openStream(signal: AbortSignal): Promise<OpenStream> {
    return this.#call(async (client, token) => ({ token, messages: await client.openStream(signal) }));
  }

  async #call<Answer>(send: (client: WidgetClient, token: string) => Promise<Answer>): Promise<Answer> {
    const { token } = await this.#tokens.get();
    const sendWith = (sessionToken: string) =>
      send(createWidgetClient({ apiBase: this.#apiBase, sessionToken }), sessionToken);
    try {
      return await sendWith(token);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      return sendWith((await this.#tokens.renew(token)).token);
    }
  }
}
