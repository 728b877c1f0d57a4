import type { FullTranslation } from "../ui/translation.ts";

const french: FullTranslation = {
  code: "fr",
  dir: "ltr",

  loading: "Chargement de votre solde",
  available: (unit) => `${unit} à disposition`,
  held: (amount) => `${amount} en réserve`,
  pending: (amount) => `+${amount} en cours d’ajout`,
  scheduled: (amount) => `${amount} à venir`,
  used: (share) => `Consommation\u202f: ${share}`,
  usedOf: (used, total, share) => `Consommation\u202f: ${used} sur ${total} · ${share}`,
  expires: (amount, when, plural) => `${amount} ${plural === "one" ? "expire" : "expirent"} ${when}`,
  refreshes: (when) => `Renouvellement ${when}`,
  low: "Votre solde est bas",
  lowFor: (duration) => `Solde bas\u202f: encore environ ${duration}`,
  depleted: (unit) => `${unit}\u202f: solde épuisé`,
  over: (amount, unit) =>
    `Dépassement de ${amount} ${unit}. Votre prochaine recharge le compensera en premier.`,
  history: (from, to) => `Derniers mouvements\u202f: de ${from} à ${to}`,
  empty: "Aucun crédit pour le moment",
  emptyHint: "Les crédits que vous recevez ou achetez s’affichent ici.",
  forbidden: "Vous n’avez pas accès à ce solde",
  forbiddenHint: "Adressez-vous à la personne qui gère votre compte.",
  error: "Impossible de charger votre solde",
  errorHint: "Réessayez dans un instant.",
  offlineHint: "Vérifiez votre connexion, puis réessayez.",
  sessionHint: "Actualisez la page ou reconnectez-vous.",
  reference: (requestId) => `Référence\u202f: ${requestId}`,
  retry: "Réessayer",
  retrying: "Nouvelle tentative…",
  updated: (when) => `Mis à jour ${when}`,
  topUp: "Recharger",
};

export default french;
