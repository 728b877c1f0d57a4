import { formatCredits } from "@credits-kit/amounts";
import type { HoldAnswer } from "@credits-kit/contract";
import { availableOf } from "@credits-kit/engine";
import type { HoldRecord } from "../../storage/pools/hold-record.ts";
import type { WorkingPool } from "../group-customer.ts";
import { viewHold } from "../hold-view.ts";

/** The answer to a call about a hold, as it is kept for the caller who asks again. */
export function answerHold(record: HoldRecord, { pool }: WorkingPool, delta: bigint): string {
  const answer: HoldAnswer = {
    ...viewHold(record),
    delta: formatCredits(delta),
    balance: formatCredits(pool.balance),
    available: formatCredits(availableOf(pool)),
    seq: pool.seq,
  };
  return JSON.stringify(answer);
}
