import type { Translation } from "../ui/translation.ts";

export const english: Translation = {
  code: "en",
  dir: "ltr",

  loading: "Loading your balance",
  held: (amount) => `${amount} held`,
  forbiddenHint: "Ask the person who manages your account.",
  errorHint: "Try again in a moment.",
  offlineHint: "Check your connection, then try again.",
  sessionHint: "Reload the page, or sign in again.",
  reference: (requestId) => `Reference: ${requestId}`,
  retry: "Retry",
  retrying: "Trying again…",
  updated: (when) => `Updated ${when}`,
  topUp: "Top up",
};
