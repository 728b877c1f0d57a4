import type { ServerClient } from "@credits-kit/client/server";
import { TOKENS } from "../seed/catalogue.ts";
import type { Generated } from "./generate.ts";
import type { Offers } from "./offers.ts";
import { DemoProblem } from "./problems.ts";

/** What is left for a person to see: little enough for any sensible auto top-up. */
const LEFT_TOKENS = 50;

/**
 * Burns nearly all that a customer has, as one large batch of emails, so that an auto top-up can be watched.
 * @throws DemoProblem when there is nothing to burn
 */
export async function drain(
  { client, offers }: { client: ServerClient; offers: () => Promise<Offers> },
  { id, customerId }: { id: string; customerId: string },
): Promise<Generated> {
  const [{ prices }, { balances }] = await Promise.all([offers(), client.customers.balances(customerId)]);
  const pool = balances.find(
    ({ creditTypeId, resourceId }) => creditTypeId === TOKENS && resourceId === null,
  );
  const quantity = Math.floor((Number(pool?.available ?? "0") - LEFT_TOKENS) / Number(prices.email));
  if (!(quantity >= 1))
    throw new DemoProblem(409, "nothing_to_drain", { detail: "There is little left already." });
  const event = { id: `lumen-${id}`, customerId, featureId: "email", quantity };
  const startedMs = performance.now();
  const { results } = await client.events.report([event]);
  const tookMs = Math.round((performance.now() - startedMs) * 10) / 10;
  const [result] = results;
  if (!result || result.status === "rejected")
    throw new DemoProblem(409, "nothing_to_drain", { detail: "The balance has just changed. Try again." });
  return { event, result, tookMs };
}
