import { actor as actorSchema } from "@credits-kit/contract";
import type { GrantCommand } from "../../pools/command.ts";
import { contentHash } from "../../pools/content-hash.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import { costBasisOf } from "./cost-basis.ts";
import { datesOf } from "./grant-dates.ts";
import type { TopUpDeps } from "./payments.ts";

/** What an order's grant does not know from its order. */
export interface OrderPayment {
  /** Names what is paid with, so that it buys once: `pay:<payment>` or `invoice:<invoice>`. */
  readonly id: string;
  /** What is, or will be, paid for the credits without tax. */
  readonly paidMinor: bigint;
  /** The credits wait for their payment. Until then they have no end: their life begins with it. */
  readonly isPaymentPending: boolean;
}

/** The grant that an order buys. Its content is the order's alone, so that whoever sends it, and when, sends the same. */
export async function grantOfOrder(
  deps: Pick<TopUpDeps, "database">,
  order: TopUpRow,
  { id, paidMinor, isPaymentPending }: OrderPayment,
): Promise<GrantCommand> {
  const { top_up_id: topUpId, customer_id: customerId, grant_id: grantId, currency } = order;
  const credits = BigInt(order.credits);
  const { effectiveAt, expiresAt } = await datesOf(deps, order);
  return {
    kind: "grant",
    customerId,
    id,
    contentHash: contentHash([topUpId, grantId, credits]),
    actor: actorSchema.parse({ kind: order.actor_kind, id: order.actor_id }),
    requestId: order.request_id,
    grantId,
    creditTypeId: order.credit_type_id,
    resourceId: order.resource_id,
    amount: credits,
    category: "paid",
    costBasis: costBasisOf({ paidMinor, currency, credits }),
    priority: order.priority,
    effectiveAt,
    expiresAt: isPaymentPending ? null : expiresAt,
    reason: order.reason,
    externalReference: order.external_reference,
    metadata: order.metadata,
    source: { kind: order.source_kind, id: topUpId },
    isPaymentPending,
  };
}
