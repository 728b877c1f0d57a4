import { ApiError, createWidgetClient, type WidgetClient } from "@credits-kit/client/widget";
import type { SessionTokens } from "./session-tokens.ts";

/** Calls the widget API with the session that is good now, and once more with a new one when the server refuses it. */
export class ApiClient {
  readonly #apiBase: string;
  readonly #tokens: SessionTokens;

  constructor(apiBase: string, tokens: SessionTokens) {
    this.#apiBase = apiBase;
    this.#tokens = tokens;
  }

  async call<Answer>(send: (client: WidgetClient, token: string) => Promise<Answer>): Promise<Answer> {
    const sendWith = (sessionToken: string) =>
      send(createWidgetClient({ apiBase: this.#apiBase, sessionToken }), sessionToken);
    const { token } = await this.#tokens.get();
    try {
      return await sendWith(token);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      return sendWith((await this.#tokens.renew(token)).token);
    }
  }
}
