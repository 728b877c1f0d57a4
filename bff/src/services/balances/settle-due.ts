import { randomUUID } from "node:crypto";
import { hasDuePools } from "../../storage/pools/read-balances.ts";
import type { Call, Deps } from "../call.ts";

/**
 * Writes what has fallen due for a customer (activations, expiries), if anything has: whoever looks first settles, so
 * that what is shown never waits for a clock to be punctual.
 */
export async function settleDue(deps: Pick<Deps, "database" | "pools">, customerId: string, call?: Call): Promise<void> {
  if (!(await hasDuePools(deps.database.writer, customerId))) return;
  await deps.pools.submit([
    {
      kind: "settle",
      customerId,
      id: null,
      contentHash: "",
      actor: { kind: "system", id: "clock" },
      requestId: call?.requestId ?? `settle_${randomUUID()}`,
    },
  ]);
}
