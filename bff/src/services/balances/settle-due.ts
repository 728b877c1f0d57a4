import { randomUUID } from "node:crypto";
import type { ErrorCode } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { hasDuePools } from "../../storage/pools/read-balances.ts";
import type { Call, Deps } from "../call.ts";

/**
 * Writes what has fallen due for a customer (activations, expiries), if anything has: whoever looks first settles, so
 * that what is shown never waits for a clock to be punctual.
 * @throws ServiceError `overloaded` when it cannot be written now
 */
export async function settleDue(
  deps: Pick<Deps, "database" | "pools">,
  customerId: string,
  call?: Call,
): Promise<void> {
  if (!(await hasDuePools(deps.database.writer, customerId))) return;
  const [outcome] = await deps.pools.submit([
    {
      kind: "settle",
      customerId,
      id: null,
      contentHash: "",
      actor: { kind: "system", id: "clock" },
      requestId: call?.requestId ?? `settle_${randomUUID()}`,
    },
  ]);
  if (outcome?.kind === "rejected") throw unsettled(outcome.code);
}

/** What is due and not written would be shown as if it were still to come: better not to answer. */
function unsettled(code: ErrorCode): ServiceError {
  const options = code === "overloaded" ? { retryAfterSeconds: 1 } : {};
  return new ServiceError(code, "What fell due could not be written: ask again.", options);
}
