import type { LedgerFormTexts, LedgerTexts } from "../../ui/ledger-texts.ts";
import { german as common } from "../list/de.ts";

const german: LedgerTexts & LedgerFormTexts = {
  ...common,
  title: "Kontobuch",
  loading: "Ihr Kontobuch wird geladen",
  columns: {
    at: "Zeit",
    type: "Buchung",
    source: "Herkunft",
    delta: "Änderung",
    endBalance: "Stand",
    actor: "Durch",
  },
  sources: {
    ...common.sources,
    api: common.actors.host,
    event: "Nutzung",
    consume: "Nutzung",
    hold: "Reservierung",
    grant: "Gutschrift",
  },
  allTypes: "Alle Buchungen",
  types: {
    granted: "Gutgeschrieben",
    activated: "Freigegeben",
    consumed: "Verbraucht",
    reversed: "Rückgängig gemacht",
    expired: "Abgelaufen",
    revoked: "Zurückgenommen",
    frozen: "Eingefroren",
    unfrozen: "Wieder freigegeben",
    updated: "Geändert",
    hold_placed: "Reserviert",
    hold_released: "Reservierung aufgehoben",
    overage_repaid: "Überzug ausgeglichen",
  },
  groups: { day: "Tag", type: "Buchung", source: "Herkunft", feature: "Funktion", user: "Person" },
  feature: "Funktion",
  allFeatures: "Alle Funktionen",
  user: "Person",
  grant: "Gutschrift",
  allUsers: "Alle Personen",
  ofGrant: "Eine Gutschrift",
  allGrants: "Alle Gutschriften",
  entries: (count) => `Buchungen: ${count}`,
  shown: (count) => `Angezeigte Buchungen: ${count}`,
  noneMatch: "Keine passenden Buchungen",
  forbidden: "Sie haben keinen Zugriff auf dieses Kontobuch",
  error: "Ihr Kontobuch konnte nicht geladen werden",
};

export default german;
