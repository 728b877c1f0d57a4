import type { TopUpStatus } from "@credits-kit/contract";

/**
 * Every move that an order may make. It goes forward only, so that whoever notices what, and in whichever order, ends at
 * the same state. Money wins: an order that was given up is paid when its money comes all the same; what is paid stays.
 */
const MOVES: Readonly<Record<TopUpStatus, readonly TopUpStatus[]>> = {
  awaiting_payment: ["action_required", "processing", "paid", "failed", "expired", "void"],
  action_required: ["processing", "paid", "failed", "expired", "void"],
  processing: ["paid", "failed"],
  failed: ["paid"],
  expired: ["paid"],
  void: ["paid"],
  paid: [],
};

export function canMove(from: TopUpStatus, to: TopUpStatus): boolean {
  return MOVES[from].includes(to);
}

/** Whether an order waits for something that Stripe or its buyer does. */
export function isOpen(status: TopUpStatus): boolean {
  return status === "awaiting_payment" || status === "action_required" || status === "processing";
}
