import type { IncomingHttpHeaders } from "node:http";
import type { Actor, WidgetScope } from "@credits-kit/contract";
import { ServiceError } from "../errors.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { Session, SessionTokens } from "./session-tokens.ts";

const BEARER = /^Bearer +([\x21-\x7e]{1,4096})$/i;

/** Who asks, and in which session if a widget does. */
export interface Caller {
  readonly actor: Actor;
  readonly session: Session | null;
}

/** Tells who asks by the `Authorization` header. Nothing else is looked at: no cookie, no query. */
export class Authenticator {
  readonly #keys: ApiKeys;
  readonly #tokens: SessionTokens;

  constructor(keys: ApiKeys, tokens: SessionTokens) {
    this.#keys = keys;
    this.#tokens = tokens;
  }

  /** The owner of a server key. @throws ServiceError `unauthenticated`, or `forbidden` for a widget's token */
  async server(headers: IncomingHttpHeaders): Promise<Caller> {
    const credential = credentialOf(headers);
    const key = await this.#keys.find(credential);
    if (key) return { actor: { kind: "api_key", id: key.id }, session: null };
    if (await this.#session(credential)) {
      throw new ServiceError("forbidden", "A session token cannot call the server API: use a server key.");
    }
    throw new ServiceError("unauthenticated", "The server key is unknown or revoked.");
  }

  /**
   * The session of a widget, asked from an origin that it allows.
   * @throws ServiceError `unauthenticated`, `insufficient_scope`, or `forbidden` for a server key or another origin
   */
  async widget(headers: IncomingHttpHeaders, scope: WidgetScope = "read"): Promise<Caller> {
    const credential = credentialOf(headers);
    const session = await this.#session(credential);
    if (!session) {
      if (await this.#keys.find(credential)) {
        throw new ServiceError(
          "forbidden",
          "A server key cannot call the widget API: keep it on your server.",
        );
      }
      throw new ServiceError("unauthenticated", "The session token is not valid or no longer so.");
    }
    const { origins, scopes, userId, customerId } = session;
    if (origins.length > 0 && !origins.includes(headers.origin ?? "")) {
      throw new ServiceError("forbidden", "The session is for another origin.");
    }
    if (!scopes.includes(scope))
      throw new ServiceError("insufficient_scope", `The session lacks the scope ${scope}.`);
    return { actor: { kind: "customer", id: userId ?? customerId }, session };
  }

  #session(credential: string): Promise<Session | null> {
    return credential.split(".").length === 3 ? this.#tokens.verify(credential) : Promise.resolve(null);
  }
}

function credentialOf(headers: IncomingHttpHeaders): string {
  const credential = BEARER.exec(headers.authorization ?? "")?.[1];
  if (credential !== undefined) return credential;
  throw new ServiceError("unauthenticated", "Send Authorization: Bearer with your credential.");
}
