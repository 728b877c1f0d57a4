import type { BalanceHistoryTexts } from "../../ui/balance-history-texts.ts";

const german: BalanceHistoryTexts = {
  title: (pool) => `${pool}: letzte Buchungen`,
  loading: "Die letzten Buchungen werden geladen",
  empty: "Noch keine Buchungen",
  error: "Die letzten Buchungen konnten nicht geladen werden",
  forbidden: "Sie haben keinen Zugriff auf diese Buchungen",
  balance: (amount) => `Stand ${amount}`,
  all: "Alle Buchungen",
  types: {
    granted: "Gutschrift",
    activated: "Gutschrift aktiviert",
    consumed: "Verbrauch",
    reversed: "Erstattung",
    expired: "Verfallen",
    revoked: "Zurückgezogen",
    frozen: "Eingefroren",
    unfrozen: "Wieder verfügbar",
    updated: "Geändert",
    hold_placed: "Reserviert",
    hold_released: "Reservierung aufgehoben",
    overage_repaid: "Minus ausgeglichen",
  },
  grantedForLater: "Für später gutgeschrieben",
  sources: {
    top_up: "Aufladung",
    auto_top_up: "Automatische Aufladung",
    invoice: "Rechnung",
    plan: "Tarif",
    rollover: "Übertrag",
  },
};

export default german;
