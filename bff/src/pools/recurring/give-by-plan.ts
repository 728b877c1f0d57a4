import type { GrantFacts } from "../../storage/pools/grant-record.ts";
import { BY_CLOCK } from "../attribution.ts";
import { contentHash } from "../content-hash.ts";
import type { Deciding } from "../deciding/deciding.ts";
import { give } from "../deciding/give.ts";
import { viewGrant } from "../grant-view.ts";
import type { WorkingPool } from "../group-customer.ts";

/** Credits that come by themselves, because of a subscription. */
export interface PlannedGrant {
  /** The command that stands for it: it is carried out once, whoever is first. */
  readonly commandId: string;
  readonly grantId: string;
  readonly amount: bigint;
  readonly priority: number;
  readonly costBasis: GrantFacts["costBasis"];
  /** When it is due and takes effect. */
  readonly at: number;
  readonly expiresAt: number;
  readonly source: { readonly kind: "plan" | "rollover"; readonly id: string };
}

const CLOCK = { kind: "system", id: "clock" } as const;

/** Gives what a plan brings by itself, as of when it was due. A pool that can hold no more goes without. */
export function giveByPlan(deciding: Deciding, working: WorkingPool, planned: PlannedGrant): void {
  const { commandId, grantId, amount, priority, costBasis, at, expiresAt, source } = planned;
  const { customer, poolNo } = working;
  const terms = { grantId, amount, category: "recurring", priority, expiresAt } as const;
  const given = give(deciding, working, {
    grant: {
      ...terms,
      ...{ asOf: at, effectiveAt: at, isPaymentPending: false, costBasis, source, actor: CLOCK },
      ...{ reason: null, externalReference: null, metadata: {} },
    },
    by: { ...BY_CLOCK, sourceKind: source.kind, sourceId: source.id },
  });
  if (given.refusal !== null) return;
  customer.costBases.set(grantId, costBasis);
  deciding.state.commands.push({
    customerId: customer.customerId,
    id: commandId,
    contentHash: contentHash([grantId, amount]),
    poolNo,
    seq: given.entry.seq,
    answer: JSON.stringify(viewGrant(given.record, customer.now)),
  });
}
