import { z } from "zod";
import { customerId } from "../values/ids.ts";
import { text } from "../values/text.ts";
import { timestamp } from "../values/time.ts";

export const WIDGET_SCOPES = ["read", "top_up", "settings"] as const;
export type WidgetScope = (typeof WIDGET_SCOPES)[number];

/** A session token lives at most this long. */
export const MAX_SESSION_SECONDS = 600;

const origin = z.string().max(255).refine(isOrigin, "must be an origin such as https://app.example.com");

export const widgetSessionInput = z
  .strictObject({
    customerId,
    userId: customerId.optional(),
    scopes: z.array(z.enum(WIDGET_SCOPES)).min(1).max(3).optional(),
    origins: z.array(origin).max(10).optional(),
    expiresInSeconds: z.int().min(10).max(MAX_SESSION_SECONDS).optional(),
    customer: z
      .strictObject({ name: text(200).optional(), email: z.email().max(254).optional() })
      .optional()
      .meta({ description: "Creates the customer if there is none yet" }),
  })
  .meta({ id: "WidgetSessionInput" });
export type WidgetSessionInput = z.infer<typeof widgetSessionInput>;

/** Whether a browser would send exactly this in its `Origin` header. A URL may have `*` for a host; no page has. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

export const widgetSession = z
  .object({
    token: z
      .string()
      .nullable()
      .meta({ description: "Shown once: `null` when the answer is replayed under its `Idempotency-Key`" }),
    expiresAt: timestamp,
  })
  .meta({ id: "WidgetSession" });
/** A session as widgets take it: minted, not replayed. */
export type WidgetSession = z.infer<typeof widgetSession> & { token: string };
