import type { TopUpStatus } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { needTopUp } from "./get.ts";
import { lookIfOpen } from "./look.ts";
import type { TopUpDeps } from "./payments.ts";

/** How an order stands for somebody who comes back from Stripe; it is looked at there first. Null if there is none. */
export async function returnFromCheckout(deps: TopUpDeps, topUpId: string): Promise<TopUpStatus | null> {
  try {
    const looked = await lookIfOpen(deps, await needTopUp(deps, topUpId), "return_page");
    return looked.order.status;
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not_found") return null;
    throw error;
  }
}
