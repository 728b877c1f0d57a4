import type { AutoTopUp, AutoTopUpAttempt } from "@credits-kit/contract";
import { findOpenAttempt, pageOfAttempts } from "../../storage/auto-top-ups/attempts.ts";
import { findRule, type PoolKey, type RuleRow } from "../../storage/auto-top-ups/rules.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import { stripeKeysOf } from "../../storage/payments/top-ups.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { unknown } from "../unknown.ts";
import { catchUp } from "./carry-on.ts";
import { topUpIdsOf, viewAttempt, viewRule } from "./view.ts";

/** A pool as a route names it. */
export interface AskedPool {
  readonly customerId: string;
  readonly creditTypeId: string;
  /** Left out, or the word `none`: the default pool. */
  readonly resourceId?: string | undefined;
}

export function poolKeyOf({ customerId, creditTypeId, resourceId = "none" }: AskedPool): PoolKey {
  return {
    customer_id: customerId,
    credit_type_id: creditTypeId,
    resource_id: resourceId === "none" ? "" : resourceId,
  };
}

/** Reads an auto top-up as it stands now. @throws ServiceError `not_found` */
export async function getAutoTopUp(deps: TopUpDeps, asked: AskedPool): Promise<AutoTopUp> {
  const key = poolKeyOf(asked);
  await catchUpPool(deps, key);
  return viewRule(deps, deps.database.writer, await needRule(deps, key));
}

/** What became of a pool's open attempt, before the pool is shown. */
export async function catchUpPool(deps: TopUpDeps, key: PoolKey): Promise<void> {
  const open = await findOpenAttempt(deps.database.writer, key);
  if (open) await catchUp(deps, open);
}

/** The rule of a pool. @throws ServiceError `not_found` */
export async function needRule(
  { database: { writer } }: Pick<TopUpDeps, "database">,
  key: PoolKey,
): Promise<RuleRow> {
  const rule = await findRule(writer, key);
  if (rule) return rule;
  if (!(await findCustomer(writer, key.customer_id))) throw unknown("customer");
  throw unknown("auto top-up");
}

/** Lists a pool's attempts, newest first; those of a rule that was taken away too. @throws ServiceError `not_found` */
export async function listAttempts(
  deps: TopUpDeps,
  asked: AskedPool,
  query: PageQuery,
): Promise<Listing<AutoTopUpAttempt>> {
  const { writer } = deps.database;
  const key = poolKeyOf(asked);
  if (!(await findCustomer(writer, key.customer_id))) throw unknown("customer");
  const scope = { list: "auto-top-up-attempts", filters: { ...key } };
  const page = await pageOfAttempts(writer, key, pageRequest(query, scope));
  const keys = await stripeKeysOf(writer, key.customer_id, topUpIdsOf(page.rows));
  return listing(page, scope, (row) => viewAttempt(row, keys));
}
