import { z } from "zod";
import { credits } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { timestamp } from "../values/time.ts";

export const balance = z
  .object({
    creditTypeId: id,
    resourceId: id.nullable(),
    unit: z.object({ singular: z.string(), plural: z.string() }),
    balance: credits,
    available: credits,
    held: credits,
    overage: credits,
    granted: credits,
    used: credits,
    pending: credits,
    scheduled: credits,
    seq: z.int(),
    low: z.boolean(),
    nextExpiry: z.object({ at: timestamp, amount: credits }).nullable(),
    nextRefreshAt: timestamp.nullable().meta({ description: "When a plan's included credits come next" }),
    runsOutAt: timestamp
      .nullable()
      .meta({ description: "Of a low pool: when nothing is left if it is burned as in the last 30 days" }),
    asOf: timestamp,
  })
  .meta({ id: "Balance", description: "A pool as it stands at `seq`" });
export type Balance = z.infer<typeof balance>;

export const balances = z.object({ balances: z.array(balance) }).meta({ id: "Balances" });
