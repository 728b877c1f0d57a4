import type { BalanceHistoryTexts } from "../../ui/balance-history-texts.ts";

const spanish: BalanceHistoryTexts = {
  title: (pool) => `${pool}: últimos movimientos`,
  loading: "Cargando los últimos movimientos",
  empty: "Aún no hay movimientos",
  error: "No se pudieron cargar los últimos movimientos",
  forbidden: "No tiene acceso a estos movimientos",
  balance: (amount) => `Saldo ${amount}`,
  all: "Todos los movimientos",
  types: {
    granted: "Asignación",
    activated: "Activación",
    consumed: "Consumo",
    reversed: "Anulación",
    expired: "Vencimiento",
    revoked: "Retirada",
    frozen: "Bloqueo",
    unfrozen: "Desbloqueo",
    updated: "Modificación",
    hold_placed: "Reserva",
    hold_released: "Fin de reserva",
    overage_repaid: "Exceso cubierto",
  },
  grantedForLater: "Asignación futura",
  sources: {
    top_up: "Recarga",
    auto_top_up: "Recarga automática",
    invoice: "Factura",
    plan: "Plan",
    rollover: "Remanente",
  },
};

export default spanish;
