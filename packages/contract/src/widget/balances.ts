import { z } from "zod";
import { balance } from "../resources/balances.ts";
import { credits } from "../values/amounts.ts";
import { customerId } from "../values/ids.ts";
import { timestamp } from "../values/time.ts";

/** A point of a pool's short history: the balance after the entry `seq`. */
export const balancePoint = z
  .object({ seq: z.int(), at: timestamp, balance: credits })
  .meta({ id: "BalancePoint" });
export type BalancePoint = z.infer<typeof balancePoint>;

/** Where an auto top-up stands, in one word. */
export const AUTO_TOP_UP_GLANCES = ["off", "on", "stopped", "needs_action"] as const;
export type AutoTopUpGlance = (typeof AUTO_TOP_UP_GLANCES)[number];

/** A pool as a widget draws it: the balance, what its credit type is called, and its latest entries. */
export const widgetBalance = balance
  .extend({
    name: z.string().meta({ description: "The credit type's name" }),
    symbol: z.string().nullable(),
    autoTopUp: z.enum(AUTO_TOP_UP_GLANCES).nullable().meta({
      description:
        "Where the pool's auto top-up stands: `stopped` by failures, or by the monthly limit while credits are wanted, `needs_action` of the person at the bank. Null where none was set, or the session may not change settings",
    }),
    history: z.array(balancePoint).meta({ description: "The latest entries, oldest first, at most 40" }),
  })
  .meta({ id: "WidgetBalance" });
export type WidgetBalance = z.infer<typeof widgetBalance>;

export const widgetBalances = z
  .object({
    customerId,
    canTopUp: z.boolean().meta({ description: "Whether the session may ask for a top-up" }),
    canChangeSettings: z
      .boolean()
      .meta({ description: "Whether the session may change settings, such as the auto top-up" }),
    balances: z.array(widgetBalance),
  })
  .meta({ id: "WidgetBalances" });
export type WidgetBalances = z.infer<typeof widgetBalances>;
