import { z } from "zod";
import { columns, columnsOf } from "../resources/export-columns.ts";
import { grant, GRANT_STATUSES } from "../resources/grants.ts";
import { TOP_UP_STATUSES, topUpInvoice } from "../resources/top-ups.ts";
import { credits, money } from "../values/amounts.ts";
import { customerId, id } from "../values/ids.ts";
import { pageOf } from "../values/lists.ts";
import { creditTypeOnScreen } from "./usage.ts";

/** A grant that can be spent counts as expiring soon when it ends within so many days. */
export const EXPIRING_SOON_DAYS = 14;

/** Who did something, as a customer may know it: their own side, whoever sells, or time and rules. */
export const WIDGET_ACTORS = ["customer", "host", "system"] as const;
export type WidgetActorKind = (typeof WIDGET_ACTORS)[number];

export const widgetActor = z
  .object({
    kind: z.enum(WIDGET_ACTORS).meta({ description: "host: your operators and servers, who stay unnamed" }),
    userId: customerId.nullable().meta({ description: "Which user of the customer, where it is known" }),
  })
  .meta({ id: "WidgetActor", description: "Who did something, as the customer may know it" });
export type WidgetActor = z.infer<typeof widgetActor>;

export const widgetSource = z
  .object({
    kind: z.string().meta({ example: "top_up" }),
    id: z
      .string()
      .nullable()
      .meta({ description: "Of what the customer knows: a purchase, an event, a hold" }),
  })
  .meta({ id: "WidgetSource", description: "Where credits came from, or went" });
export type WidgetSource = z.infer<typeof widgetSource>;

/** What there is to see of the purchase that credits came from. */
export const widgetPurchase = z
  .object({
    topUpId: id,
    status: z.enum(TOP_UP_STATUSES),
    total: money,
    refunded: money,
    payUrl: z
      .string()
      .nullable()
      .meta({ description: "Where an invoice is paid, while its credits are locked" }),
    receiptUrl: z.string().nullable(),
    invoice: topUpInvoice.nullable(),
  })
  .meta({ id: "WidgetPurchase", description: "A purchase with its papers" });
export type WidgetPurchase = z.infer<typeof widgetPurchase>;

const creditTypes = z
  .array(creditTypeOnScreen)
  .meta({ description: "The types of all credits that the customer has" });

export const widgetGrant = grant
  .pick({
    id: true,
    creditTypeId: true,
    resourceId: true,
    amount: true,
    remaining: true,
    consumed: true,
    held: true,
    frozen: true,
    revoked: true,
    expired: true,
    category: true,
    status: true,
    priority: true,
    effectiveAt: true,
    expiresAt: true,
    createdAt: true,
  })
  .extend({
    expiringSoon: z
      .boolean()
      .meta({ description: `It can be spent, and ends within ${EXPIRING_SOON_DAYS} days` }),
    reason: z
      .string()
      .nullable()
      .meta({ description: "Of the customer's own purchases only; other reasons are the host's notes" }),
    actor: widgetActor,
    source: widgetSource,
    purchase: widgetPurchase.nullable(),
  })
  .meta({ id: "WidgetGrant", description: "A grant as its owner sees it" });
export type WidgetGrant = z.infer<typeof widgetGrant>;

/** A subtotal over the grants of one type and status. */
export const widgetGrantTotal = z
  .object({
    creditTypeId: id,
    status: z.enum(GRANT_STATUSES),
    grants: z.int(),
    amount: credits,
    remaining: credits,
  })
  .meta({ id: "WidgetGrantTotal" });
export type WidgetGrantTotal = z.infer<typeof widgetGrantTotal>;

export const widgetGrants = pageOf(widgetGrant)
  .extend({
    creditTypes,
    totals: z.array(widgetGrantTotal).optional().meta({
      description:
        "There if and only if `totals=true`: over all that match the filters, whatever their status",
    }),
  })
  .meta({ id: "WidgetGrants" });
export type WidgetGrants = z.infer<typeof widgetGrants>;

const { maybe, ...always } = columns;

/** The columns of `GET /widget/grants.csv`. */
export const widgetGrantsColumns = columnsOf(
  z.object({
    grant_id: always.text("The grant"),
    credit_type: always.text("The credit type's name"),
    resource_id: maybe.text("The resource of the pool; empty for the default pool"),
    amount: always.credits("What was granted"),
    remaining: always.credits("What is left, or waits to begin"),
    category: always.name("`promo`, `recurring` or `paid`"),
    status: always.name("The status at the moment of the file"),
    priority: always.integer("0 burns first"),
    effective_at: always.time("From when it can be spent"),
    expires_at: maybe.time("Until when"),
    source: always.name("Where it comes from: `top_up`, `plan`, …"),
    granted_by: always.name("`customer`, `host` or `system`"),
    user_id: maybe.text("Which user of the customer bought it"),
    reason: maybe.text("Of purchases: the reason that was given"),
    top_up_id: maybe.text("The purchase"),
    invoice_number: maybe.text("The invoice's number"),
    invoice_url: maybe.text("The invoice's page"),
    receipt_url: maybe.text("The receipt's page"),
    granted_at: always.time("When it was granted"),
  }),
);
