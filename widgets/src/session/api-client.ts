import type { WidgetClientOptions } from "@credits-kit/client/widget";
import { ApiError } from "@credits-kit/client/widget/session";
import type { HeldSession } from "./held-session.ts";
import type { SessionTokens } from "./session-tokens.ts";

/** Calls the widget API with the session that is good now, and once more with a new one when the server refuses it. */
export class ApiClient {
  readonly #apiBase: string;
  readonly #tokens: SessionTokens;

  constructor(apiBase: string, tokens: SessionTokens) {
    this.#apiBase = apiBase;
    this.#tokens = tokens;
  }

  async call<Answer>(ask: (options: WidgetClientOptions) => Promise<Answer>): Promise<Answer> {
    const askWith = ({ token }: HeldSession) => ask({ apiBase: this.#apiBase, sessionToken: token });
    const session = await this.#tokens.get();
    try {
      return await askWith(session);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      return askWith(await this.#tokens.renew(session.token));
    }
  }

  /** Asks for a session that will be needed soon. */
  prepare(): Promise<unknown> {
    return this.#tokens.get();
  }
}
