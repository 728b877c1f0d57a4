import type { LedgerFormTexts, LedgerTexts } from "../../ui/ledger-texts.ts";
import { spanish as common } from "../list/es.ts";

const spanish: LedgerTexts & LedgerFormTexts = {
  ...common,
  title: "Registro de movimientos",
  loading: "Cargando su registro",
  columns: {
    at: "Hora",
    type: "Movimiento",
    source: "Origen",
    delta: "Cambio",
    endBalance: "Saldo",
    actor: "Por",
  },
  sources: {
    ...common.sources,
    api: common.actors.host,
    event: "Consumo",
    consume: "Consumo",
    hold: "Reserva",
    grant: "Asignación",
  },
  allTypes: "Todo tipo",
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
  groups: { day: "Día", type: "Movimiento", source: "Origen", feature: "Función", user: "Usuario" },
  feature: "Función",
  allFeatures: "Todas las funciones",
  user: "Usuario",
  grant: "Asignación",
  allUsers: "Todos los usuarios",
  ofGrant: "Una asignación",
  allGrants: "Todas las asignaciones",
  entries: (count) => `Movimientos: ${count}`,
  shown: (count) => `Movimientos mostrados: ${count}`,
  noneMatch: "Ningún movimiento coincide",
  forbidden: "No tiene acceso a este registro",
  error: "No se pudo cargar su registro",
};

export default spanish;
