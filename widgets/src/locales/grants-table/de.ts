import type { GrantsFormTexts, GrantsTableTexts } from "../../ui/grants-table-texts.ts";
import { german as common } from "../list/de.ts";

const german: GrantsTableTexts & GrantsFormTexts = {
  ...common,
  title: "Gutschriften",
  loading: "Ihre Gutschriften werden geladen",
  columns: {
    createdAt: "Erhalten",
    amount: "Guthaben",
    remaining: "Übrig",
    status: "Status",
    source: "Herkunft",
    effectiveAt: "Gültig ab",
    expiresAt: "Läuft ab",
    priority: "Priorität",
  },
  allStatuses: "Jeder Status",
  statuses: {
    payment_pending: "Unbezahlt",
    scheduled: "Geplant",
    active: "Aktiv",
    depleted: "Verbraucht",
    expired: "Abgelaufen",
    revoked: "Zurückgenommen",
    frozen: "Eingefroren",
  },
  expiringSoon: "Läuft bald ab",
  overdue: "Überfällig",
  category: "Art",
  allCategories: "Alle Arten",
  categories: { promo: "Aktion", recurring: "Wiederkehrend", paid: "Bezahlt" },
  actor: "Erhalten durch",
  allActors: "Durch alle",
  dateField: "Datum",
  groups: { status: "Status", category: "Art", source: "Herkunft", creditType: "Guthabenart", day: "Tag" },
  grants: (count) => `Gutschriften: ${count}`,
  locked: "Gesperrt bis zur Zahlung",
  never: "Nie",
  shown: (count) => `Angezeigte Gutschriften: ${count}`,
  noneMatch: "Keine passenden Gutschriften",
  forbidden: "Sie haben keinen Zugriff auf diese Gutschriften",
  error: "Ihre Gutschriften konnten nicht geladen werden",
};

export default german;
