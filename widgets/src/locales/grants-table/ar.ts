import type { GrantsFormTexts, GrantsTableTexts } from "../../ui/grants-table-texts.ts";
import { arabic as common } from "../list/ar.ts";

const arabic: GrantsTableTexts & GrantsFormTexts = {
  ...common,
  title: "دفعات الرصيد",
  loading: "جارٍ تحميل دفعات رصيدك",
  columns: {
    createdAt: "تاريخ المنح",
    amount: "الرصيد",
    remaining: "المتبقي",
    status: "الحالة",
    source: "المصدر",
    effectiveAt: "ساري من",
    expiresAt: "ينتهي",
    priority: "الأولوية",
  },
  allStatuses: "كل الحالات",
  statuses: {
    payment_pending: "غير مدفوع",
    scheduled: "مجدول",
    active: "نشط",
    depleted: "مستهلك",
    expired: "منتهٍ",
    revoked: "مسحوب",
    frozen: "مجمّد",
  },
  expiringSoon: "ينتهي قريبًا",
  overdue: "متأخر السداد",
  category: "النوع",
  allCategories: "كل الأنواع",
  categories: { promo: "ترويجي", recurring: "متكرر", paid: "مدفوع" },
  actor: "مانح الرصيد",
  allActors: "أي مانح",
  dateField: "التاريخ",
  groups: { status: "الحالة", category: "النوع", source: "المصدر", creditType: "نوع الرصيد", day: "اليوم" },
  grants: (count) => `عدد الدفعات: ${count}`,
  locked: "مقفل حتى الدفع",
  never: "أبدًا",
  shown: (count) => `عدد الدفعات المعروضة: ${count}`,
  noneMatch: "لا توجد دفعات مطابقة",
  forbidden: "لا يمكنك عرض هذه الدفعات",
  error: "تعذّر تحميل دفعات رصيدك",
};

export default arabic;
