import type { BalanceHistoryTexts } from "../../ui/balance-history-texts.ts";

const french: BalanceHistoryTexts = {
  title: (pool) => `${pool}\u202f: derniers mouvements`,
  loading: "Chargement des derniers mouvements",
  empty: "Aucun mouvement pour le moment",
  error: "Impossible de charger les derniers mouvements",
  forbidden: "Vous n’avez pas accès à ces mouvements",
  balance: (amount) => `Solde ${amount}`,
  all: "Tous les mouvements",
  types: {
    granted: "Attribution",
    activated: "Activation",
    consumed: "Consommation",
    reversed: "Annulation",
    expired: "Expiration",
    revoked: "Retrait",
    frozen: "Blocage",
    unfrozen: "Déblocage",
    updated: "Modification",
    hold_placed: "Mise en réserve",
    hold_released: "Fin de réserve",
    overage_repaid: "Dépassement compensé",
  },
  grantedForLater: "Attribution à venir",
  sources: {
    top_up: "Recharge",
    auto_top_up: "Recharge automatique",
    invoice: "Facture",
    plan: "Forfait",
    rollover: "Report",
  },
};

export default french;
