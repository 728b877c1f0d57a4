import { ApiError, openStream } from "@credits-kit/client/widget";
import type { SessionTokens } from "./session-tokens.ts";

/** Calls the widget API with the session that is good now, and once more with a new one when the server refuses it. */
export class ApiClient {
  readonly #apiBase: string;
  readonly #tokens: SessionTokens;

  constructor(apiBase: string, tokens: SessionTokens) {
    this.#apiBase = apiBase;
    this.#tokens = tokens;
  }

  async openStream(signal: AbortSignal) {
    const open = (sessionToken: string) => openStream({ apiBase: this.#apiBase, sessionToken }, signal);
    const { token } = await this.#tokens.get();
    try {
      return await open(token);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      return open((await this.#tokens.renew(token)).token);
    }
  }
}
