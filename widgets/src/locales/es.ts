import type { FullTranslation } from "../ui/translation.ts";

const spanish: FullTranslation = {
  code: "es",
  dir: "ltr",

  loading: "Cargando su saldo",
  available: (unit) => `${unit} a su disposición`,
  held: (amount) => `${amount} en reserva`,
  pending: (amount) => `+${amount} en camino`,
  scheduled: (amount) => `${amount} por llegar`,
  used: (share) => `Consumo: ${share}`,
  usedOf: (used, total, share) => `Consumo: ${used} de ${total} · ${share}`,
  expires: (amount, when, plural) => `${amount} ${plural === "one" ? "vence" : "vencen"} ${when}`,
  refreshes: (when) => `Se renueva ${when}`,
  low: "Su saldo es bajo",
  lowFor: (duration) => `Saldo bajo: alcanza para unos ${duration}`,
  depleted: (unit) => `Ya no quedan ${unit}`,
  over: (amount, unit) => `Tiene un exceso de ${amount} ${unit}. Su próxima recarga lo cubrirá primero.`,
  history: (from, to) => `Últimos cambios: de ${from} a ${to}`,
  empty: "Aún no hay créditos",
  emptyHint: "Aquí aparecen los créditos que recibe o compra.",
  forbidden: "No tiene acceso a este saldo",
  forbiddenHint: "Consulte a la persona que administra su cuenta.",
  error: "No se pudo cargar su saldo",
  errorHint: "Inténtelo de nuevo en un momento.",
  offlineHint: "Compruebe su conexión e inténtelo de nuevo.",
  sessionHint: "Actualice la página o vuelva a iniciar sesión.",
  reference: (requestId) => `Referencia: ${requestId}`,
  retry: "Reintentar",
  retrying: "Intentándolo de nuevo…",
  updated: (when) => `Actualizado ${when}`,
  topUp: "Recargar",
};

export default spanish;
