import { hash, randomBytes } from "node:crypto";
import {
  customerId as customerIdSchema,
  MAX_SESSION_SECONDS,
  WIDGET_SCOPES,
  type WidgetScope,
} from "@credits-kit/contract";
import { errors, jwtVerify, type JWTHeaderParameters, SignJWT } from "jose";
import { ulid } from "ulid";
import { z } from "zod";
import { deploymentSecret } from "../storage/auth/deployment-secrets.ts";
import type { Database } from "../storage/database.ts";

const TYPE = "widget+jwt";
const AUDIENCE = "credits-widget";
const ALGORITHM = "HS256";

/** For whom a widget asks, and what it may. */
export interface Session {
  readonly customerId: string;
  readonly userId: string | null;
  readonly scopes: readonly WidgetScope[];
  /** The origins that may use the session; empty for any that the deployment allows. */
  readonly origins: readonly string[];
  readonly expiresAtMs: number;
}

export interface SessionTokensOptions {
  readonly database: Database;
  /** Without a configured key, one is made and kept in the database. */
  readonly signingKey: string | null;
  /** Who signs, and whose tokens are accepted. */
  readonly issuer: string;
  readonly now: () => number;
}

interface SigningKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const claims = z.object({
  sub: customerIdSchema,
  aud: z.literal(AUDIENCE),
  act: customerIdSchema.optional(),
  scp: z.array(z.enum(WIDGET_SCOPES)).min(1),
  origins: z.array(z.string()).optional(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(1),
});

/** Signs and reads the tokens that widgets carry. */
export class SessionTokens {
  readonly #options: SessionTokensOptions;
  #key: Promise<SigningKey> | null = null;

  constructor(options: SessionTokensOptions) {
    this.#options = options;
  }

  /** Signs a token for a session; times are cut to whole seconds. */
  async sign(
    session: Omit<Session, "expiresAtMs">,
    lifetimeSeconds: number,
  ): Promise<{ token: string; expiresAtMs: number }> {
    const key = await this.#signingKey();
    const issuedAt = Math.floor(this.#options.now() / 1000);
    const expiresAt = issuedAt + Math.min(lifetimeSeconds, MAX_SESSION_SECONDS);
    const token = await new SignJWT({
      scp: [...session.scopes],
      ...(session.userId === null ? {} : { act: session.userId }),
      ...(session.origins.length === 0 ? {} : { origins: [...session.origins] }),
    })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.id })
      .setIssuer(this.#options.issuer)
      .setAudience(AUDIENCE)
      .setSubject(session.customerId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .setJti(ulid())
      .sign(key.bytes);
    return { token, expiresAtMs: expiresAt * 1000 };
  }

  /** Reads a token. Null for one that is not ours, not for widgets, too old, or lives longer than it may. */
  async verify(token: string): Promise<Session | null> {
    const key = await this.#signingKey();
    try {
      const { payload } = await jwtVerify(token, (header) => keyFor(header, key), {
        algorithms: [ALGORITHM],
        typ: TYPE,
        audience: AUDIENCE,
        issuer: this.#options.issuer,
        maxTokenAge: MAX_SESSION_SECONDS,
        requiredClaims: ["sub", "exp", "iat", "jti", "scp"],
        currentDate: new Date(this.#options.now()),
      });
      const { data } = claims.safeParse(payload);
      if (!data || data.exp - data.iat > MAX_SESSION_SECONDS) return null;
      return {
        customerId: data.sub,
        userId: data.act ?? null,
        scopes: data.scp,
        origins: data.origins ?? [],
        expiresAtMs: data.exp * 1000,
      };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
      throw error;
    }
  }

  /** The key, asked for once; a failure is forgotten, so that the next call tries again. */
  async #signingKey(): Promise<SigningKey> {
    this.#key ??= this.#loadKey();
    try {
      return await this.#key;
    } catch (error) {
      this.#key = null;
      throw error;
    }
  }

  async #loadKey(): Promise<SigningKey> {
    const { database, signingKey } = this.#options;
    const proposal = randomBytes(32).toString("base64url");
    const secret =
      signingKey ?? (await deploymentSecret(database, { name: "session_signing_key", proposal }));
    return {
      id: hash("sha256", `kid:${secret}`, "base64url").slice(0, 16),
      bytes: new TextEncoder().encode(secret),
    };
  }
}

/** Only the id of our own key leads to a key: nothing in a header can bring one along. */
function keyFor(header: JWTHeaderParameters, key: SigningKey): Uint8Array {
  if (header.kid !== key.id) throw new errors.JWSInvalid("unknown key");
  return key.bytes;
}
