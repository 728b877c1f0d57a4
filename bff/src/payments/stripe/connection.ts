import Stripe from "stripe";
import type { StripeConfig } from "../../config.ts";
import { GatewayError } from "../gateway.ts";
import { toGatewayError } from "./faults.ts";
import { CALL_PACE, type CallPace, CallSpreader, type Lane } from "./pace.ts";

/** The version of Stripe's API that the product was written against; webhook endpoints should have the same. */
export const API_VERSION = "2026-10-28.endive";
const CALL_TIMEOUT_MS = 20_000;

export interface ConnectionOptions {
  readonly stripe: StripeConfig;
  /** For tests: what carries the calls. */
  readonly fetch?: typeof globalThis.fetch;
  readonly pace?: CallPace;
  readonly now: () => number;
}

/** Stripe's SDK with everything that all calls share. */
export interface StripeConnection {
  readonly sdk: Stripe;
  /** Makes a call, spread and tried again. @throws GatewayError */
  call<Result>(work: (sdk: Stripe) => Promise<Result>): Promise<Result>;
  /** How far Stripe's clock is ahead of ours, by its last answer. */
  aheadMs(): number | null;
}

/** How much of a clock's going wrong is made up for where things are looked for since a moment. */
const CLOCK_LEEWAY_MS = 10 * 60_000;

/**
 * What was created at or after a moment of ours. Stripe compares with its own clock, and one of ours that is fast would leave
 * out what it just made: so it begins earlier. What is found is told apart by its marks.
 */
export function createdSince(sinceMs: number): { readonly gte: number } {
  return { gte: Math.floor((sinceMs - CLOCK_LEEWAY_MS) / 1000) };
}

/** The ways to Stripe, which share all but their turn: what pages show waits behind what is about money. */
export function connectToStripe(options: ConnectionOptions): Readonly<Record<Lane, StripeConnection>> {
  const { stripe, now, pace = CALL_PACE } = options;
  let ahead: number | null = null;
  const carry = options.fetch ?? globalThis.fetch;
  const timed: typeof globalThis.fetch = async (input, init) => {
    const answer = await carry(input, init);
    // Whole seconds, cut: the middle of that second is the best guess.
    const date = Date.parse(answer.headers.get("date") ?? "");
    if (!Number.isNaN(date)) ahead = Math.round(date + 500 - now());
    return answer;
  };
  const sdk = new Stripe(stripe.secretKey, {
    apiVersion: API_VERSION,
    httpClient: Stripe.createFetchHttpClient(timed),
    // Ours to decide, with keys that are stored before the call.
    maxNetworkRetries: 0,
    timeout: CALL_TIMEOUT_MS,
    telemetry: false,
    appInfo: { name: "Credits Kit" },
    ...hostOf(stripe.apiBase),
  });
  const spreader = new CallSpreader(pace);
  const open = (lane: Lane): StripeConnection => ({
    sdk,
    aheadMs: () => ahead,
    call: (work) =>
      spreader.run(async () => {
        try {
          return await work(sdk);
        } catch (error) {
          throw toGatewayError(error);
        }
      }, lane),
  });
  return { money: open("money"), screens: open("screens") };
}

function hostOf(apiBase: string | null) {
  if (apiBase === null) return {};
  const { protocol, hostname, port } = new URL(apiBase);
  const scheme = protocol === "http:" ? ("http" as const) : ("https" as const);
  return { protocol: scheme, host: hostname, ...(port === "" ? {} : { port }) };
}

/** What is there, or null for what Stripe does not know. @throws GatewayError for anything else */
export async function orNull<Result>(call: Promise<Result>): Promise<Result | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof GatewayError && error.kind === "missing") return null;
    throw error;
  }
}
