import type { TopUpFailure, TopUpStatus } from "@credits-kit/contract";
import {
  type HistoryStep,
  lockTopUp,
  moveTopUp,
  type TopUpKey,
  type TopUpRow,
} from "../../storage/payments/top-ups.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import { canMove } from "./moves.ts";
import type { TopUpDeps } from "./payments.ts";

/** Where an order is to go, and what is learnt with it. */
export interface Move {
  readonly status: TopUpStatus;
  readonly step: HistoryStep;
  readonly change?: Omit<Parameters<typeof moveTopUp>[2]["change"], "status"> | undefined;
  /** Done with the move, in its transaction. */
  readonly together?: (transaction: Transaction, order: TopUpRow) => Promise<void>;
}

/** Moves an order forward, if it is not there or further already. @returns the order as it stands then */
export function advance(
  { database }: Pick<TopUpDeps, "database">,
  key: TopUpKey,
  move: Move,
): Promise<TopUpRow> {
  const { status, step, change = {}, together } = move;
  return inTransaction(database, async (transaction) => {
    const order = await lockTopUp(transaction, key);
    if (!order) throw new Error("an order that is moved is there");
    if (!canMove(order.status, status)) return order;
    const moved = await moveTopUp(transaction, key, { change: { ...change, status }, step });
    await together?.(transaction, moved);
    return moved;
  });
}

/** Gives an order up for a reason that its buyer can be told. */
export function failTopUp(
  deps: Pick<TopUpDeps, "database">,
  key: TopUpKey,
  { cause = "order", ...failure }: TopUpFailure & { readonly cause?: string },
): Promise<TopUpRow> {
  return advance(deps, key, { status: "failed", step: { cause }, change: failureColumns(failure) });
}

/** A failure, as an order keeps it. */
export function failureColumns(failure: TopUpFailure | null) {
  return {
    failure_code: failure?.code ?? null,
    failure_decline_code: failure?.declineCode ?? null,
    failure_message: failure?.message.slice(0, 500) ?? null,
  };
}
