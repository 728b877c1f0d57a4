import type { ServerClient } from "@credits-kit/client/server";
import { runCallers } from "./callers.ts";

/** A load over HTTP: so many callers, each waiting for its answer before it asks again. */
export interface HttpLoad {
  readonly client: ServerClient;
  readonly callers: number;
  readonly batch: number;
  /** Which customer the next event is of. */
  readonly customerId: () => string;
  readonly seconds: number;
}

let lastId = 0;

/** Runs a load and gives the events that were acknowledged a second. @throws Error if one was not applied */
export function runHttpLoad({ client, batch, customerId, ...callers }: HttpLoad): Promise<number> {
  return runCallers(callers, async () => {
    const events = Array.from({ length: batch }, () => ({
      id: `bench-${process.pid}-${(lastId += 1)}`,
      customerId: customerId(),
      featureId: "image",
    }));
    const { results } = await client.events.report(events);
    const failed = results.find((result) => result.status !== "applied");
    if (failed) throw new Error(`an event of the bench was not applied: ${JSON.stringify(failed)}`);
    return batch;
  });
}

/** Makes a catalogue in which one image costs one token, through the public API. */
export async function createBenchCatalogue(client: ServerClient): Promise<void> {
  await client.creditTypes.create({
    id: "tokens",
    name: "Tokens",
    unit: { singular: "token", plural: "tokens" },
  });
  await client.features.create({ id: "image", name: "Image" });
  await client.plans.create({
    id: "bench",
    name: "Bench",
    creditTypeId: "tokens",
    limit: "hard",
    rates: [{ featureId: "image", creditsPerUnit: "1" }],
  });
}

/** Makes customers with three grants each, or so many, through the public API. */
export async function createBenchCustomers(
  client: ServerClient,
  customerIds: readonly string[],
  grantsEach = 3,
): Promise<void> {
  const queue = [...customerIds];
  const work = async (): Promise<void> => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      await client.customers.upsert(id, {});
      await client.subscriptions.create({ customerId: id, planId: "bench" });
      const grant = {
        customerId: id,
        creditTypeId: "tokens",
        amount: "1000000000",
        category: "promo",
      } as const;
      await Promise.all(Array.from({ length: grantsEach }, () => client.grants.create(grant)));
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
}
