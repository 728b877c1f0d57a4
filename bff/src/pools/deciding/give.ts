import type { Decision, Entry, Refusal } from "@credits-kit/engine";
import type { GrantFacts, GrantRecord } from "../../storage/pools/grant-record.ts";
import type { Attribution } from "../../storage/pools/insert-group.ts";
import { recordAfter, recordOf } from "../grant-view.ts";
import type { WorkingPool } from "../group-customer.ts";
import type { Deciding } from "./deciding.ts";
import { grantAfter } from "./grant-after.ts";

/** What is known of a new grant before the engine takes it. */
export interface NewGrant extends Omit<
  GrantFacts,
  "customerId" | "poolNo" | "key" | "effectiveAt" | "createdAt"
> {
  /** Left out: from when it is due. */
  readonly effectiveAt: number | null;
  readonly isPaymentPending: boolean;
  /** When it was due, where that is not now. */
  readonly asOf: number | null;
}

/** What became of a new grant. */
export type Given =
  | { readonly refusal: Refusal }
  | {
      readonly refusal: null;
      readonly entry: Entry;
      readonly record: GrantRecord;
      readonly decision: Decision;
    };

/** Lets the engine take a grant, and notes what will be stored of it. */
export function give(
  deciding: Deciding,
  working: WorkingPool,
  { grant, by }: { grant: NewGrant; by: Attribution },
): Given {
  const { asOf, isPaymentPending, effectiveAt, ...stored } = grant;
  const { grantId, amount, category, priority, expiresAt } = stored;
  const terms = { grantId, amount, category, priority, effectiveAt, expiresAt };
  const decision = deciding.carryOut(
    working,
    { kind: "grant", asOf, ...terms, isPaymentPending },
    { types: ["granted"], by },
  );
  if (decision.refusal !== null) return { refusal: decision.refusal };
  const entry = decision.entries.find((each) => each.grant?.id === grantId);
  if (!entry?.grant) throw new Error("a grant that was not refused writes its entry");
  const { key } = entry.grant;
  const { customerId, poolNo, customer } = working;
  const facts: GrantFacts = {
    ...stored,
    ...{ customerId, poolNo, key, effectiveAt: entry.grant.effectiveAt, createdAt: customer.now },
  };
  deciding.state.grants.push(facts);
  const record = recordAfter(recordOf(facts, working), decision, grantAfter(working, decision, { key }));
  return { refusal: null, entry, record, decision };
}
