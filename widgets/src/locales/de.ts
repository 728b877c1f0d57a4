import type { FullTranslation } from "../ui/translation.ts";

const german: FullTranslation = {
  code: "de",
  dir: "ltr",

  loading: "Ihr Guthaben wird geladen",
  available: (unit) => `${unit} verfügbar`,
  held: (amount) => `${amount} reserviert`,
  pending: (amount) => `+${amount} unterwegs`,
  scheduled: (amount) => `${amount} geplant`,
  used: (share) => `${share} verbraucht`,
  usedOf: (used, total, share) => `${used} von ${total} verbraucht · ${share}`,
  expires: (amount, when, plural) => `${amount} ${plural === "one" ? "verfällt" : "verfallen"} ${when}`,
  refreshes: (when) => `Neue Gutschrift ${when}`,
  low: "Ihr Guthaben ist niedrig",
  lowFor: (duration) => `Niedrig: reicht noch etwa ${duration}`,
  depleted: (unit) => `Keine ${unit} mehr`,
  over: (amount, unit) =>
    `Sie sind ${amount} ${unit} im Minus. Die nächste Aufladung gleicht das zuerst aus.`,
  history: (from, to) => `Letzte Änderungen: von ${from} auf ${to}`,
  empty: "Noch kein Guthaben",
  emptyHint: "Erhaltenes oder gekauftes Guthaben erscheint hier.",
  forbidden: "Sie haben keinen Zugriff auf dieses Guthaben",
  forbiddenHint: "Fragen Sie, wer Ihr Konto verwaltet.",
  error: "Ihr Guthaben konnte nicht geladen werden",
  errorHint: "Versuchen Sie es gleich noch einmal.",
  offlineHint: "Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  sessionHint: "Laden Sie die Seite neu oder melden Sie sich wieder an.",
  reference: (requestId) => `Referenz: ${requestId}`,
  retry: "Erneut versuchen",
  retrying: "Neuer Versuch …",
  updated: (when) => `Stand ${when}`,
  topUp: "Aufladen",
};

export default german;
