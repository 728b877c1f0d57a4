import { fieldError } from "../../field-errors.ts";
import { type CreditTypeName, findUsageAccount } from "../../storage/pools/usage-account.ts";
import type { Deps } from "../call.ts";
import { type PoolQuery, poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";

/** Whose usage, of which pools; left-out pools are all of the customer's. */
export interface UsageOf extends PoolQuery {
  readonly customerId: string;
}

/** A customer's pools of one credit type. Times in milliseconds since 1970. */
export interface Account {
  readonly customerId: string;
  /** Empty for the default pool; undefined for all. */
  readonly resourceId: string | undefined;
  /** Null where the customer has no such credits. */
  readonly creditType: CreditTypeName | null;
  /** As it was asked for, or the only one that there is. */
  readonly creditTypeId: string | null;
  /** What time it is for the customer. */
  readonly now: number;
  /** When the first of the pools began. */
  readonly since: number | null;
}

/**
 * Finds the pools that usage is asked for. Of several credit types, where none is named, the first by its id will do for
 * a person who looks at a chart, which says what it shows; a program is told to say which.
 * @throws ServiceError `not_found` when there is no such customer; `validation_failed` when credits of several types
 * would have to be added up
 */
export async function findAccount(
  { database }: Pick<Deps, "database">,
  of: UsageOf,
  whenSeveral: "refuse" | "first" = "refuse",
): Promise<Account> {
  const { customerId } = of;
  const { creditTypeId, resourceId } = poolFilterOf(of);
  const found = await findUsageAccount(database.writer, { customerId, creditTypeId, resourceId });
  if (!found) throw unknown("customer", "customerId");
  const { creditTypes, now, since } = found;
  const [first, second] = creditTypes;
  if (first && second) {
    if (whenSeveral === "first") return findAccount({ database }, { ...of, creditTypeId: first.id });
    throw fieldError("creditTypeId", "must be given, as the customer has credits of more than one type");
  }
  const creditType = first ?? null;
  return {
    customerId,
    resourceId,
    creditType,
    creditTypeId: creditTypeId ?? creditType?.id ?? null,
    now,
    since,
  };
}
