import { randomUUID } from "node:crypto";
import type { PoolCommand } from "../../pools/command.ts";
import type { Rejected } from "../../pools/outcome.ts";
import type { Deps } from "../call.ts";

/**
 * Has everything written that has fallen due for customers, together, however long ago that was. Doing so again, or two
 * at once, changes nothing more.
 * @returns those for whom it could not be written, and why
 * @throws ServiceError `overloaded` when too much waits; nothing was taken then
 */
export async function settleCustomers(
  { pools }: Pick<Deps, "pools">,
  customerIds: readonly string[],
): Promise<Map<string, Rejected>> {
  const requestId = `settle_${randomUUID()}`;
  const actor = { kind: "system", id: "clock" } as const;
  const outcomes = await pools.submit(
    customerIds.map((customerId): PoolCommand => {
      return { kind: "settle", customerId, id: null, contentHash: "", actor, requestId };
    }),
  );
  const failed = new Map<string, Rejected>();
  outcomes.forEach((outcome, index) => {
    const customerId = customerIds[index];
    if (outcome.kind === "rejected" && customerId !== undefined) failed.set(customerId, outcome);
  });
  return failed;
}
