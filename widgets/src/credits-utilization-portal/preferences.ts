import type {
  NotificationChannel,
  NotificationChoices,
  WidgetNotificationPreferences,
  WidgetNotificationPreferencesInput,
} from "@credits-kit/client/widget";

export const NOTICES = ["lowBalance", "depleted", "expiry", "autoTopUp", "receipts"] as const;
export type NoticeName = (typeof NOTICES)[number];
export const CHANNELS = ["in_app", "email"] as const satisfies readonly NotificationChannel[];

/** What is set for credits of one type. */
export type TypePreferences = WidgetNotificationPreferences["creditTypes"][number];

/** What a person changed and has not saved: nothing else of what is set is touched. */
export interface Edits {
  channels: Partial<Record<NoticeName, Partial<Record<NotificationChannel, boolean>>>>;
  /** As it was typed. */
  thresholds?: string;
  daysBefore?: string;
}

/** Whether a notice comes by a channel. */
export function comesBy(
  choices: NotificationChoices,
  notice: NoticeName,
  channel: NotificationChannel,
): boolean {
  const { enabled, channels } = choices[notice];
  return enabled && channels.includes(channel);
}

const MOST_THRESHOLDS = 5;
const AMOUNT = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;

/** Digits of other scripts as ours, and their signs. */
function latin(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/\u066a/g, "%")
    .replace(/\u066b/g, ".");
}

/**
 * Reads what was typed as thresholds: amounts and shares with spaces, semicolons or commas between; null for none of one's
 * own. Nothing where it is none, or where it might mean something else: "1,500" may be one amount or two.
 */
export function readThresholds(typed: string): string[] | null | undefined {
  const words = latin(typed)
    .replace(/(\d)\s+%/g, "$1%")
    .split(/[\s;\u060c]+|,(?=\s|$)/)
    .filter(Boolean);
  if (words.length === 0) return null;
  const thresholds = [...new Set(words)];
  const isGood = (word: string) => {
    const number = word.replace(/%$/, "");
    return AMOUNT.test(number) && Number(number) > 0 && (number === word || Number(number) <= 100);
  };
  return thresholds.length <= MOST_THRESHOLDS && thresholds.every(isGood) ? thresholds : undefined;
}

/** Reads what was typed as a number of days; nothing where it is none from 1 to 365. */
export function readDays(typed: string): number | undefined {
  const text = latin(typed).trim();
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= 365 ? days : undefined;
}

/** What is set with what the person changed of it; what they did not touch stays, whoever set it meanwhile. */
export function applyEdits(choices: NotificationChoices, edits: Edits): NotificationChoices {
  const { lowBalance, expiry, depleted, autoTopUp, receipts } = choices;
  const channelsOf = (notice: NoticeName) => {
    const edited = edits.channels[notice];
    if (!edited) return {};
    const channels = CHANNELS.filter((channel) => edited[channel] ?? comesBy(choices, notice, channel));
    return { channels, enabled: channels.length > 0 };
  };
  const thresholds = edits.thresholds === undefined ? undefined : readThresholds(edits.thresholds);
  const daysBefore = readDays(edits.daysBefore ?? "");
  return {
    lowBalance: {
      ...lowBalance,
      ...channelsOf("lowBalance"),
      ...(thresholds !== undefined && { thresholds }),
    },
    depleted: { ...depleted, ...channelsOf("depleted") },
    expiry: { ...expiry, ...channelsOf("expiry"), ...(daysBefore !== undefined && { daysBefore }) },
    autoTopUp: { ...autoTopUp, ...channelsOf("autoTopUp") },
    receipts: { ...receipts, ...channelsOf("receipts") },
  };
}

/** The whole document, as it is sent: types that nobody ever set are left out, and so stay as they are by default. */
export function documentOf(
  current: WidgetNotificationPreferences,
  edits: ReadonlyMap<string, Edits>,
): WidgetNotificationPreferencesInput {
  return {
    creditTypes: current.creditTypes.flatMap(({ creditType, isSet, defaultThresholds: _, ...choices }) => {
      const edited = edits.get(creditType.id);
      if (!edited && !isSet) return [];
      return [{ creditTypeId: creditType.id, ...(edited ? applyEdits(choices, edited) : choices) }];
    }),
  };
}
