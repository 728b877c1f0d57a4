import type { NotificationChoices } from "@credits-kit/contract";
import type { ColumnType } from "kysely";
import type { CreatedAt } from "../column-types.ts";

export interface NotificationPreferencesTable {
  customer_id: string;
  /** Empty for the customer. */
  user_id: string;
  credit_type_id: string;
  /** Null: what holds by default. */
  choices: ColumnType<NotificationChoices | null, string | null, string | null>;
  emails: ColumnType<string[], string | undefined, string>;
  created_at: CreatedAt;
  updated_at: ColumnType<Date, never, Date>;
}

/** What people want to be told of. */
export interface NotificationTables {
  notification_preferences: NotificationPreferencesTable;
}
