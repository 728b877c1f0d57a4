import type { NotificationChoices } from "@credits-kit/contract";
import { type Kysely, type Selectable, sql } from "kysely";
import type { Tables } from "../tables.ts";
import type { NotificationPreferencesTable } from "./tables.ts";

export type PreferencesRow = Selectable<NotificationPreferencesTable>;

/** Whose preferences; an empty user is the customer. */
export type PreferencesOwner = Pick<PreferencesRow, "customer_id" | "user_id">;

/** What is set for credits of one type; what is null goes back to what holds by default. */
export interface SetPreferences {
  readonly creditTypeId: string;
  readonly choices: NotificationChoices | null;
  /** Stay as they are if left out. */
  readonly emails?: readonly string[] | undefined;
}

/** What an owner set, and what the customer did, by which users go who set nothing. */
export function findPreferences(
  db: Kysely<Tables>,
  { customer_id, user_id }: PreferencesOwner,
): Promise<PreferencesRow[]> {
  return db
    .selectFrom("notification_preferences")
    .selectAll()
    .where("customer_id", "=", customer_id)
    .where("user_id", "in", [user_id, ""])
    .execute();
}

/**
 * Sets preferences in one statement and always in the same order: of two at once, all of one and then all of the other
 * is written.
 */
export async function putPreferences(
  db: Kysely<Tables>,
  owner: PreferencesOwner,
  preferences: readonly SetPreferences[],
): Promise<void> {
  if (preferences.length === 0) return;
  const sorted = preferences.toSorted((left, right) => (left.creditTypeId < right.creditTypeId ? -1 : 1));
  const hasEmails = preferences.every(({ emails }) => emails !== undefined);
  await db
    .insertInto("notification_preferences")
    .values(
      sorted.map(({ creditTypeId, choices, emails = [] }) => ({
        ...owner,
        credit_type_id: creditTypeId,
        choices: choices && JSON.stringify(choices),
        emails: JSON.stringify(emails),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["customer_id", "user_id", "credit_type_id"]).doUpdateSet((eb) => ({
        choices: eb.ref("excluded.choices"),
        ...(hasEmails ? { emails: eb.ref("excluded.emails") } : {}),
        updated_at: sql<Date>`clock_timestamp()`,
      })),
    )
    .execute();
}
