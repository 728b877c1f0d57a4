import { formatCredits } from "@credits-kit/amounts";
import type { ErrorCode } from "@credits-kit/contract";
import type { Refusal } from "@credits-kit/engine";
import { z } from "zod";
import type { PoolCommand } from "./command.ts";
import type { WorkingPool } from "./group-customer.ts";
import type { EntryPosition, Outcome, Rejected } from "./outcome.ts";
import type { NoPrice } from "./routing.ts";

/** A command that changed nothing, and may be sent again once the cause is gone. */
export function rejected(code: ErrorCode, path: string, message: string): Rejected {
  return { kind: "rejected", code, path, message };
}

/** The id was used for something else. */
export function idConflict(command: PoolCommand): Rejected {
  switch (command.kind) {
    case "event":
      return rejected("event_id_conflict", "id", "this id was used for another event of the customer");
    case "consume":
    case "place_hold":
      return rejected("idempotency_conflict", "id", "this id was used for another request of the customer");
    default:
      return rejected("idempotency_conflict", "Idempotency-Key", "this key was used for another request");
  }
}

/** The command was carried out before; the first result stands. */
export function duplicate(
  first: { entry: EntryPosition; answer: string | null },
  current: { balance: bigint; seq: number },
): Outcome {
  return { kind: "duplicate", entry: first.entry, answer: first.answer, current };
}

/** No plan of the customer prices the usage. */
export function rejectedPrice(reason: NoPrice, isFeatureKnown: boolean): Rejected {
  if (!isFeatureKnown) return rejected("not_found", "featureId", "no such feature");
  if (reason === "feature_not_mapped") {
    return rejected("feature_not_mapped", "featureId", "the customer's plan has no rate for this feature");
  }
  return rejected(
    "no_active_subscription",
    "customerId",
    "the customer had no active subscription at that time",
  );
}

/** The engine would not do it. `path` is the field that says how much. */
export function refused(refusal: Refusal, { creditTypeId, pool }: WorkingPool, path: string): Rejected {
  switch (refusal.code) {
    case "insufficient_credits": {
      const { required, available } = refusal;
      const state = { creditTypeId, balance: pool.balance, seq: pool.seq };
      return insufficient({ required, available, path, pool: state });
    }
    case "amount_out_of_range":
      return rejected("amount_out_of_range", path, "is more than a pool can hold");
    case "beyond_revocable":
      return rejected(
        "amount_out_of_range",
        path,
        `is more than can be revoked now, ${formatCredits(refusal.revocable)} credits`,
      );
    case "already_expired":
      return rejected("validation_failed", "expiresAt", "must be in the future, and after effectiveAt");
    case "already_active":
      return rejected("state_conflict", "effectiveAt", "cannot change once the grant was activated");
    case "not_later":
      return rejected("state_conflict", "expiresInSeconds", "must let the hold live longer than it does");
    case "hold_closed":
      return rejected("hold_closed", "id", "this hold has ended");
    case "grant_closed":
      return rejected("state_conflict", "", `the grant is ${refusal.status}`);
    case "not_pending":
      return rejected("state_conflict", "", "the grant does not wait for a payment");
    case "already_frozen":
      return rejected("state_conflict", "", "the grant is frozen already");
    case "not_frozen":
      return rejected("state_conflict", "", "the grant is not frozen");
  }
}

type Shortage = Required<Pick<Rejected, "path" | "required" | "available" | "pool">>;

function insufficient({ path, required, available, pool }: Shortage): Rejected {
  const message = `needs ${formatCredits(required)} credits, ${formatCredits(available)} are available`;
  return { ...rejected("insufficient_credits", path, message), required, available, pool };
}

const denial = z.object({
  path: z.string(),
  required: z.string(),
  available: z.string(),
  creditTypeId: z.string(),
  balance: z.string(),
  seq: z.number(),
});

/** A denial that stands for good, as it is kept beside the command's id. */
export function keepDenial({ path, required = 0n, available = 0n, pool }: Rejected): string {
  const shown = { creditTypeId: pool?.creditTypeId ?? "", balance: String(pool?.balance), seq: pool?.seq };
  return JSON.stringify({ path, required: String(required), available: String(available), ...shown });
}

/** The denial that was kept. */
export function readDenial(answer: string): Rejected {
  const { path, required, available, creditTypeId, balance, seq } = denial.parse(JSON.parse(answer));
  return insufficient({
    path,
    required: BigInt(required),
    available: BigInt(available),
    pool: { creditTypeId, balance: BigInt(balance), seq },
  });
}
