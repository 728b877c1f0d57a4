import type { GrantsFormTexts, GrantsTableTexts } from "../../ui/grants-table-texts.ts";
import { french as common } from "../list/fr.ts";

const french: GrantsTableTexts & GrantsFormTexts = {
  ...common,
  title: "Attributions de crédits",
  loading: "Chargement de vos attributions",
  columns: {
    createdAt: "Attribution",
    amount: "Crédits",
    remaining: "Restant",
    status: "Statut",
    source: "Origine",
    effectiveAt: "Début",
    expiresAt: "Expiration",
    priority: "Priorité",
  },
  allStatuses: "Tous les statuts",
  statuses: {
    payment_pending: "À payer",
    scheduled: "À venir",
    active: "Active",
    depleted: "Épuisée",
    expired: "Expirée",
    revoked: "Retirée",
    frozen: "Bloquée",
  },
  expiringSoon: "Expire bientôt",
  overdue: "En retard",
  category: "Catégorie",
  allCategories: "Toutes les catégories",
  categories: { promo: "Promotionnelle", recurring: "Périodique", paid: "Payée" },
  actor: "Attribuée par",
  allActors: "Tout le monde",
  dateField: "Date",
  groups: {
    status: "Statut",
    category: "Catégorie",
    source: "Origine",
    creditType: "Type de crédit",
    day: "Jour",
  },
  grants: (count) => `Attributions\u202f: ${count}`,
  locked: "Bloquée jusqu’au paiement",
  never: "Jamais",
  shown: (count) => `Attributions affichées\u202f: ${count}`,
  noneMatch: "Aucune attribution trouvée",
  forbidden: "Vous n’avez pas accès à ces attributions",
  error: "Impossible de charger vos attributions",
};

export default french;
