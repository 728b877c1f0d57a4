import { join } from "node:path";
import { z } from "zod";

/** Where the database is: a Postgres, or the embedded one in a directory. */
export type DatabaseConfig =
  | { readonly kind: "postgres"; readonly url: string; readonly migrationUrl: string | null }
  | { readonly kind: "pglite"; readonly directory: string };

/** How Stripe is reached. Of the keys only their modes are ever told. */
export interface StripeConfig {
  readonly mode: "test" | "live";
  readonly secretKey: string;
  readonly publishableKey: string | null;
  /** More than one while a secret is being changed. */
  readonly webhookSecrets: readonly string[];
  /** Another host than Stripe's own. */
  readonly apiBase: string | null;
}

/** What the operator decided, parsed once. Nothing below reads the environment. */
export interface Config {
  readonly port: number;
  /** Where callers reach the BFF, without a slash at its end. */
  readonly publicUrl: string;
  /** One deployment is one environment. */
  readonly mode: "test" | "live";
  readonly database: DatabaseConfig;
  /** Holds the embedded database and what is written for the operator. */
  readonly dataDir: string;
  /** Null where nothing can be bought. */
  readonly stripe: StripeConfig | null;
  /** How long a checkout can be paid, in minutes. */
  readonly checkoutMinutes: number;
  readonly bootstrapApiKey: string | null;
  readonly sessionSigningKey: string | null;
  /** Origins whose pages may show widgets; `local` is any port of localhost and 127.0.0.1. */
  readonly allowedOrigins: "local" | readonly string[];
  /** As Express takes it. Never simply `true`: then anyone could pretend to be any address. */
  readonly trustProxy: false | number | readonly string[];
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  readonly seedDemo: boolean;
  /** The address that the demo listens on. */
  readonly demoHost: string;
}

/** The environment is not usable. The message names every bad key and never a value. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

const ORIGIN = /^https?:\/\/[^/?#@\s,]+$/;
const HOPS = /^\d{1,2}$/;
const SUBNET = /^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/;

const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be an address such as postgres://user:password@host/name",
});
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);
const flag = z.enum(["true", "false"], "must be true or false").transform((text) => text === "true");

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number")
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_534, "must be a port number from 1 to 65534")
    .default(4000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .refine((url) => !/[?#]/.test(url), "must have no query and no fragment")
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_MIGRATION_URL: databaseUrl.optional(),
  DATA_DIR: z.string().default(".credits-kit"),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_[\x21-\x7e]{1,200}$/, "must be a secret key of Stripe")
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_[\x21-\x7e]{1,200}$/, "must be a publishable key of Stripe")
    .optional(),
  STRIPE_WEBHOOK_SECRET: list
    .refine(
      (secrets) => secrets.every((secret) => /^whsec_[\x21-\x7e]{8,200}$/.test(secret)),
      "must be signing secrets of Stripe such as whsec_…",
    )
    .optional(),
  STRIPE_API_BASE: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .refine((url) => /^https?:\/\/[^/?#@]+\/?$/.test(url), "must be a host without a path")
    .optional(),
  STRIPE_CHECKOUT_MINUTES: z
    .string()
    .regex(/^\d{1,4}$/, "must be a number of minutes")
    .transform(Number)
    .refine((minutes) => minutes >= 31 && minutes <= 1439, "must be 31 to 1439 minutes")
    .default(60),
  BOOTSTRAP_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{16,255}$/, "must be 16 to 255 visible characters")
    .optional(),
  SESSION_SIGNING_KEY: z.string().min(32, "must be at least 32 characters").optional(),
  ALLOWED_ORIGINS: list
    .refine(
      (origins) => origins.every((origin) => ORIGIN.test(origin)),
      "must be origins such as https://app.example.com",
    )
    .optional(),
  TRUST_PROXY: z
    .string()
    .transform((text) => (text === "false" ? "0" : text))
    .refine((text) => HOPS.test(text) || text.split(",").every((part) => SUBNET.test(part.trim())), {
      error: "must be a number of proxies, or their addresses",
    })
    .default("0"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "must be a level such as info")
    .default("info"),
  SEED_DEMO: flag.optional(),
  DEMO_HOST: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, "must be an address to listen on")
    .default("127.0.0.1"),
});

/**
 * Reads the environment. An empty value counts as none.
 * @throws ConfigError naming every bad key at once
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  const problems = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")} ${issue.message}`);
  const live = /^(sk|rk)_live_/.test(given.STRIPE_SECRET_KEY ?? "");
  if (live && given.DATABASE_URL === undefined) {
    problems.push("STRIPE_SECRET_KEY is live: real money needs a Postgres, so set DATABASE_URL too");
  }
  problems.push(...problemsOfStripe(given, live));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const value = parsed.data;
  const embedded = value.DATABASE_URL === undefined;
  return Object.freeze<Config>({
    port: value.PORT,
    publicUrl: value.PUBLIC_URL ?? `http://localhost:${value.PORT}`,
    mode: live ? "live" : "test",
    database:
      value.DATABASE_URL === undefined
        ? { kind: "pglite", directory: join(value.DATA_DIR, "database") }
        : { kind: "postgres", url: value.DATABASE_URL, migrationUrl: value.DATABASE_MIGRATION_URL ?? null },
    dataDir: value.DATA_DIR,
    stripe:
      value.STRIPE_SECRET_KEY === undefined
        ? null
        : {
            mode: live ? "live" : "test",
            secretKey: value.STRIPE_SECRET_KEY,
            publishableKey: value.STRIPE_PUBLISHABLE_KEY ?? null,
            webhookSecrets: value.STRIPE_WEBHOOK_SECRET ?? [],
            apiBase: value.STRIPE_API_BASE?.replace(/\/$/, "") ?? null,
          },
    checkoutMinutes: value.STRIPE_CHECKOUT_MINUTES,
    bootstrapApiKey: value.BOOTSTRAP_API_KEY ?? null,
    sessionSigningKey: value.SESSION_SIGNING_KEY ?? null,
    allowedOrigins: value.ALLOWED_ORIGINS ?? (embedded ? "local" : []),
    trustProxy: trustProxyOf(value.TRUST_PROXY),
    logLevel: value.LOG_LEVEL,
    seedDemo: value.SEED_DEMO ?? embedded,
    demoHost: value.DEMO_HOST,
  });
}

/** What keys of Stripe must be to one another. */
function problemsOfStripe(given: Readonly<Record<string, string | undefined>>, live: boolean): string[] {
  const { STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_API_BASE: base } = given;
  const problems: string[] = [];
  if (secret !== undefined && publishable !== undefined && publishable.startsWith("pk_live_") !== live) {
    problems.push(
      `STRIPE_PUBLISHABLE_KEY is a ${live ? "test" : "live"} key, and STRIPE_SECRET_KEY a ${live ? "live" : "test"} one`,
    );
  }
  const secrets = given.STRIPE_WEBHOOK_SECRET?.replaceAll(/[\s,]/g, "") ?? "";
  if (live && secrets === "") {
    problems.push(
      "STRIPE_WEBHOOK_SECRET is missing: with a live key, nobody else may say that a payment was made",
    );
  }
  if (live && base !== undefined && !base.startsWith("https:")) {
    problems.push("STRIPE_API_BASE is not https: a live key is not sent in clear");
  }
  return problems;
}

function trustProxyOf(text: string): Config["trustProxy"] {
  if (!HOPS.test(text)) return text.split(",").map((part) => part.trim());
  return Number(text) === 0 ? false : Number(text);
}
