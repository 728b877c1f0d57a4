import { DEFAULT_DAYS_BEFORE_EXPIRY, type NotificationChoices } from "@credits-kit/contract";
import type { PreferencesRow } from "../../storage/notification-preferences/preferences.ts";

const EVERYWHERE = { enabled: true, channels: ["in_app", "email"] } satisfies NotificationChoices["depleted"];

/** What holds where nobody set anything. */
export const DEFAULTS: NotificationChoices = {
  lowBalance: { ...EVERYWHERE, thresholds: null },
  depleted: EVERYWHERE,
  expiry: { ...EVERYWHERE, daysBefore: DEFAULT_DAYS_BEFORE_EXPIRY },
  autoTopUp: EVERYWHERE,
  receipts: EVERYWHERE,
};

/** What holds for credits of a type, and whether its owner set it. */
export interface Held {
  readonly choices: NotificationChoices;
  readonly emails: string[];
  readonly isSet: boolean;
}

/** What holds for an owner: what they set, else what the customer did, else the defaults. */
export function heldBy(
  rows: readonly PreferencesRow[],
  { userId, creditTypeId }: { userId: string; creditTypeId: string },
): Held {
  const find = (user: string) =>
    rows.find((row) => row.user_id === user && row.credit_type_id === creditTypeId);
  const [own, shared] = [find(userId), find("")];
  return {
    choices: own?.choices ?? shared?.choices ?? DEFAULTS,
    emails: own?.emails ?? [],
    isSet: (own?.choices ?? null) !== null,
  };
}
