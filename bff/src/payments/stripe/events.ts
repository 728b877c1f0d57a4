import type Stripe from "stripe";
import type { InboundEvent } from "../gateway.ts";
import { viewEvent } from "./views.ts";

/** How old a signature may be, in seconds, by our clock. Zero would switch the check off. */
const TOLERANCE_SECONDS = 300;

export interface SignedEvent {
  readonly body: Buffer;
  readonly signature: string;
  /** While a secret is being changed, there are two. */
  readonly secrets: readonly string[];
  readonly nowMs: number;
}

/** What a webhook tells, if one of the secrets signed just these bytes not long ago. */
export function readEvent(
  sdk: Stripe,
  { body, signature, secrets, nowMs }: SignedEvent,
): InboundEvent | null {
  // Stripe's SDK looks for old signatures only; one of the future could be kept and sent for longer.
  const signedAt = Number(/(?:^|,)\s*t=(\d{1,12})/.exec(signature)?.[1] ?? NaN);
  if (!(signedAt - nowMs / 1000 <= TOLERANCE_SECONDS)) return null;
  for (const secret of secrets) {
    const told = constructed(sdk, { body, signature, secret, nowMs });
    if (told) return viewEvent(told);
  }
  return null;
}

function constructed(
  sdk: Stripe,
  { body, signature, secret, nowMs }: Omit<SignedEvent, "secrets"> & { secret: string },
): unknown {
  try {
    return sdk.webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, nowMs);
  } catch {
    // A wrong signature, or a body that is none: the same to whoever sent it.
    return null;
  }
}
