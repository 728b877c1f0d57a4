import { GatewayError } from "../../payments/gateway.ts";
import { ServiceError } from "../../errors.ts";
import { claimLook, findTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { fulfilOrder, type Looked } from "./fulfil.ts";
import { isOpen } from "./moves.ts";
import type { TopUpDeps } from "./payments.ts";

/** Between two looks at Stripe for one order, whoever asks and however often. */
const LOOK_EVERY_MS = 2_000;

/**
 * An order as it stands, after a look at Stripe if it is open and nobody looked just now. A reader is not refused because
 * Stripe does not answer.
 */
export async function lookIfOpen(deps: TopUpDeps, order: TopUpRow, cause: string): Promise<Looked> {
  if (!isOpen(order.status) || deps.payments === null) return { order, seen: null };
  const { writer } = deps.database;
  const now = deps.now();
  const window = { now: new Date(now), unlessAfter: new Date(now - LOOK_EVERY_MS) };
  if (!(await claimLook(writer, order, window))) return { order, seen: null };
  try {
    return await fulfilOrder(deps, order, cause);
  } catch (error) {
    if (!(error instanceof GatewayError) && !(error instanceof ServiceError)) throw error;
    return { order: (await findTopUp(writer, order)) ?? order, seen: null };
  }
}
