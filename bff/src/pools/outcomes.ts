import { formatCredits } from "@credits-kit/amounts";
import type { ErrorCode } from "@credits-kit/contract";
import type { Refusal } from "@credits-kit/engine";
import type { EventCommand, PoolCommand } from "./command.ts";
import type { WorkingPool } from "./group-customer.ts";
import type { EntryPosition, Outcome } from "./outcome.ts";
import type { NoPrice } from "./routing.ts";

type Rejected = Extract<Outcome, { kind: "rejected" }>;

/** A command that changed nothing, and may be sent again once the cause is gone. */
export function rejected(code: ErrorCode, path: string, message: string): Rejected {
  return { kind: "rejected", code, path, message };
}

/** The id was used for something else. */
export function idConflict(command: PoolCommand): Rejected {
  return command.kind === "event"
    ? rejected("event_id_conflict", "id", "this id was used for another event of the customer")
    : rejected("idempotency_conflict", "Idempotency-Key", "this key was used for another request");
}

/** The command was carried out before; the first result stands. */
export function duplicate(
  first: { entry: EntryPosition; answer: string | null },
  current: { balance: bigint; seq: number },
): Outcome {
  return { kind: "duplicate", entry: first.entry, answer: first.answer, current };
}

/** No plan of the customer prices the event. */
export function rejectedPrice(reason: NoPrice, event: EventCommand, features: ReadonlySet<string>): Rejected {
  if (!features.has(event.featureId)) return rejected("not_found", "featureId", "no such feature");
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
export function refused(
  refusal: Refusal | null,
  { creditTypeId, pool }: WorkingPool,
  path: string,
): Rejected {
  switch (refusal?.code) {
    case "insufficient_credits": {
      const { required, available } = refusal;
      const message = `needs ${formatCredits(required)} credits, ${formatCredits(available)} are available`;
      const state = { creditTypeId, balance: pool.balance, seq: pool.seq };
      return { ...rejected("insufficient_credits", "quantity", message), required, available, pool: state };
    }
    case "already_expired":
      return rejected("validation_failed", "expiresAt", "must be in the future");
    default:
      return rejected("amount_out_of_range", path, "is more than a pool can hold");
  }
}
