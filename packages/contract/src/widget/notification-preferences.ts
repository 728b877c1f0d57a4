import { z } from "zod";
import { threshold } from "../resources/catalogue.ts";
import { customerId, id } from "../values/ids.ts";
import { creditTypeOnScreen } from "./usage.ts";

/** How somebody is told of something. */
export const NOTIFICATION_CHANNELS = ["in_app", "email"] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** How many days before credits expire somebody is told, unless they say otherwise. */
export const DEFAULT_DAYS_BEFORE_EXPIRY = 14;
/** The most credit types that one document sets. */
export const MAX_NOTIFICATION_TYPES = 50;

const channels = z
  .array(z.enum(NOTIFICATION_CHANNELS))
  .max(NOTIFICATION_CHANNELS.length)
  .refine((names) => new Set(names).size === names.length, "must name each channel once")
  .meta({ description: "in_app: in the product; email. None is as good as not enabled" });

const how = { enabled: z.boolean(), channels };
const notice = z.strictObject(how).meta({ id: "NotificationChoice" });

const thresholds = z.array(threshold).min(1).max(5).nullable().meta({
  description: 'Credits such as "100", or "20%" of the active grants; null: those of the credit type',
});
const lowBalance = z.strictObject({ ...how, thresholds }).meta({ id: "LowBalanceChoice" });

const daysBefore = z.int().min(1).max(365);
const expiry = z.strictObject({ ...how, daysBefore }).meta({ id: "ExpiryChoice" });

/** What somebody wants to be told of credits of one type. */
const choices = {
  lowBalance: lowBalance.meta({ description: "The balance fell to a threshold" }),
  depleted: notice.meta({ description: "Nothing is left" }),
  expiry: expiry.meta({ description: "Credits expire soon" }),
  autoTopUp: notice.meta({ description: "An auto top-up stopped, or needs the person" }),
  receipts: notice.meta({ description: "A purchase was paid" }),
};

export type NotificationChoices = { [Name in keyof typeof choices]: z.output<(typeof choices)[Name]> };

const emails = z
  .array(z.email().max(254))
  .max(10)
  .refine((addresses) => new Set(addresses).size === addresses.length, "must name each address once")
  .meta({ description: "Who gets the e-mails; none: the customer's own address" });

export const notificationPreferencesInput = z
  .strictObject({
    lowBalance: choices.lowBalance,
    expiry: choices.expiry,
    depleted: choices.depleted.optional(),
    autoTopUp: choices.autoTopUp.optional(),
    receipts: choices.receipts.optional(),
    emails: emails.optional(),
  })
  .meta({
    id: "NotificationPreferencesInput",
    description: "All that is wanted: what is left out is as if nobody had ever set it",
  });
export type NotificationPreferencesInput = z.output<typeof notificationPreferencesInput>;

export const notificationPreferences = z
  .object({
    creditTypeId: id,
    ...choices,
    emails,
    isSet: z
      .boolean()
      .meta({ description: "Whether somebody set this; otherwise it is what holds by default" }),
  })
  .meta({ id: "NotificationPreferences" });
export type NotificationPreferences = z.infer<typeof notificationPreferences>;

export const widgetNotificationPreferencesInput = z
  .strictObject({
    creditTypes: z
      .array(z.strictObject({ creditTypeId: id, ...choices }).meta({ id: "WidgetNotificationTypeInput" }))
      .max(MAX_NOTIFICATION_TYPES)
      .superRefine((types, context) => {
        const seen = new Set<string>();
        types.forEach(({ creditTypeId }, index) => {
          if (seen.has(creditTypeId))
            context.addIssue({
              code: "custom",
              path: [index, "creditTypeId"],
              message: "must be named once",
            });
          seen.add(creditTypeId);
        });
      }),
  })
  .meta({
    id: "WidgetNotificationPreferencesInput",
    description: "The whole document: a credit type that is left out goes back to what holds by default",
  });
export type WidgetNotificationPreferencesInput = z.output<typeof widgetNotificationPreferencesInput>;

export const widgetNotificationPreferences = z
  .object({
    userId: customerId
      .nullable()
      .meta({ description: "Whose they are: the session's user, else the customer" }),
    canChange: z.boolean().meta({ description: "Whether the session may set them" }),
    creditTypes: z.array(
      z
        .object({
          creditType: creditTypeOnScreen,
          ...choices,
          isSet: notificationPreferences.shape.isSet,
          defaultThresholds: z
            .array(z.string())
            .meta({ description: "Those of the credit type: what null stands for" }),
        })
        .meta({ id: "WidgetNotificationType" }),
    ),
  })
  .meta({ id: "WidgetNotificationPreferences" });
export type WidgetNotificationPreferences = z.infer<typeof widgetNotificationPreferences>;
