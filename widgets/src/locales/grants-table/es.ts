import type { GrantsFormTexts, GrantsTableTexts } from "../../ui/grants-table-texts.ts";
import { spanish as common } from "../list/es.ts";

const spanish: GrantsTableTexts & GrantsFormTexts = {
  ...common,
  title: "Asignaciones de créditos",
  loading: "Cargando sus asignaciones",
  columns: {
    createdAt: "Asignación",
    amount: "Créditos",
    remaining: "Restante",
    status: "Estado",
    source: "Origen",
    effectiveAt: "Inicio",
    expiresAt: "Vencimiento",
    priority: "Prioridad",
  },
  allStatuses: "Todo estado",
  statuses: {
    payment_pending: "Sin pagar",
    scheduled: "Programada",
    active: "Activa",
    depleted: "Agotada",
    expired: "Vencida",
    revoked: "Retirada",
    frozen: "Bloqueada",
  },
  expiringSoon: "Vence pronto",
  overdue: "Pago atrasado",
  category: "Categoría",
  allCategories: "Todas las categorías",
  categories: { promo: "Promocional", recurring: "Periódica", paid: "Pagada" },
  actor: "Asignada por",
  allActors: "Cualquiera",
  dateField: "Fecha",
  groups: {
    status: "Estado",
    category: "Categoría",
    source: "Origen",
    creditType: "Tipo de crédito",
    day: "Día",
  },
  grants: (count) => `Asignaciones: ${count}`,
  locked: "Bloqueada hasta el pago",
  never: "Nunca",
  shown: (count) => `Asignaciones mostradas: ${count}`,
  noneMatch: "Ninguna asignación coincide",
  forbidden: "No tiene acceso a estas asignaciones",
  error: "No se pudieron cargar sus asignaciones",
};

export default spanish;
