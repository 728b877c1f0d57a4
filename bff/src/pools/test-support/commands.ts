import type {
  CaptureHoldCommand,
  ConsumeCommand,
  EventCommand,
  GrantCommand,
  PaymentCommand,
  PlaceHoldCommand,
  PoolCommand,
  UpdateGrantCommand,
} from "../command.ts";
import { contentHash } from "../content-hash.ts";

const CREDIT = 1_000_000n;
const by = { actor: { kind: "api_key", id: "key_test" }, requestId: "req_test" } as const;
let made = 0;

/** What a command carries that its caller gave no id of its own: each call another one. */
function once(customerId: string) {
  const id = `call:${(made += 1)}`;
  return { customerId, id, contentHash: contentHash([id]), ...by };
}

/** A grant of whole credits, each call another one. */
export function grant(customerId: string, credits: bigint, more: Partial<GrantCommand> = {}): GrantCommand {
  const grantId = more.grantId ?? `gr_${(made += 1)}`;
  return {
    kind: "grant",
    customerId,
    id: `grant:${grantId}`,
    contentHash: contentHash([grantId]),
    ...by,
    grantId,
    creditTypeId: "tok",
    resourceId: "",
    amount: credits * CREDIT,
    category: "paid",
    costBasis: null,
    priority: 0,
    effectiveAt: null,
    expiresAt: null,
    reason: null,
    externalReference: null,
    metadata: {},
    source: { kind: "api", id: null },
    isPaymentPending: false,
    ...more,
  };
}

/** An event that burns one credit unless told otherwise. */
export function event(customerId: string, eventId: string, more: Partial<EventCommand> = {}): EventCommand {
  const { quantity = CREDIT, featureId = "image" } = more;
  return {
    kind: "event",
    customerId,
    id: `event:${eventId}`,
    contentHash: contentHash([featureId, quantity]),
    ...by,
    eventId,
    featureId,
    quantity,
    userId: null,
    resourceId: "",
    timestamp: null,
    dimensions: null,
    limit: null,
    backfill: false,
    ...more,
  };
}

/** An amount of whole credits, or that and more about the command. */
type Spending<Command> = bigint | (Partial<Command> & { readonly credits?: bigint });

function partsOf<Command extends object>(spending: Spending<Command>): { credits: bigint; more: object } {
  if (typeof spending === "bigint") return { credits: spending, more: {} };
  const { credits = 0n, ...more } = spending;
  return { credits, more };
}

/** Direct consumption of whole credits. */
export function consume(
  customerId: string,
  consumeId: string,
  spending: Spending<ConsumeCommand>,
): ConsumeCommand {
  const { credits, more } = partsOf(spending);
  return {
    ...once(customerId),
    kind: "consume",
    id: `consume:${consumeId}`,
    contentHash: contentHash([credits]),
    consumeId,
    asked: { kind: "direct", creditTypeId: "tok", amount: credits * CREDIT },
    limit: null,
    userId: null,
    resourceId: "",
    dimensions: null,
    ...more,
  };
}

/** A hold of whole credits, for five minutes unless told otherwise. */
export function hold(
  customerId: string,
  holdId: string,
  spending: Spending<PlaceHoldCommand>,
): PlaceHoldCommand {
  const { credits, more } = partsOf(spending);
  return {
    ...once(customerId),
    kind: "place_hold",
    id: `hold:${holdId}`,
    contentHash: contentHash([credits]),
    holdId,
    asked: { kind: "direct", creditTypeId: "tok", amount: credits * CREDIT },
    userId: null,
    resourceId: "",
    dimensions: null,
    metadata: {},
    lifeMs: 300_000,
    ...more,
  };
}

/** Captures whole credits of a hold, all that it reserves unless told otherwise; for good likewise. */
export function capture(
  customerId: string,
  holdId: string,
  credits: bigint | (Partial<CaptureHoldCommand> & { readonly credits?: bigint }) = {},
): CaptureHoldCommand {
  const { credits: whole, ...more } = typeof credits === "bigint" ? { credits } : credits;
  const amount = whole === undefined ? null : whole * CREDIT;
  const rest = { quantity: null, dimensions: null, isFinal: true };
  return { ...once(customerId), kind: "capture_hold", holdId, amount, ...rest, ...more };
}

export function release(customerId: string, holdId: string): PoolCommand {
  return { ...once(customerId), kind: "release_hold", holdId };
}

export function extend(customerId: string, holdId: string, lifeMs: number): PoolCommand {
  return { ...once(customerId), kind: "extend_hold", holdId, lifeMs };
}

/** Revokes whole credits of a grant, all of it when null. */
export function revoke(customerId: string, grantId: string, credits: bigint | null): PoolCommand {
  const amount = credits === null ? null : credits * CREDIT;
  const why = { reason: "asked for", externalReference: null };
  return { ...once(customerId), kind: "revoke_grant", grantId, amount, ...why };
}

export function update(
  customerId: string,
  grantId: string,
  change: Partial<UpdateGrantCommand>,
): UpdateGrantCommand {
  return { ...once(customerId), kind: "update_grant", grantId, ...change };
}

/** What a payment does to a grant. */
export function pay(customerId: string, grantId: string, kind: PaymentCommand["kind"]): PaymentCommand {
  return { ...once(customerId), kind, grantId, reason: null, source: { kind: "top_up", id: "pay_1" } };
}

export function reverse(customerId: string, eventId: string): PoolCommand {
  return { ...once(customerId), kind: "reverse_event", eventId, reason: "sent by mistake" };
}

/** Lets time pass in a customer's pools. */
export function settle(customerId: string): PoolCommand {
  return { kind: "settle", customerId, id: null, contentHash: contentHash([]), ...by };
}
