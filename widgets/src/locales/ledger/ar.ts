import type { LedgerFormTexts, LedgerTexts } from "../../ui/ledger-texts.ts";
import { arabic as common } from "../list/ar.ts";

const arabic: LedgerTexts & LedgerFormTexts = {
  ...common,
  title: "سجل الرصيد",
  loading: "جارٍ تحميل سجل رصيدك",
  columns: {
    at: "الوقت",
    type: "القيد",
    source: "المصدر",
    delta: "التغيير",
    endBalance: "الرصيد",
    actor: "بواسطة",
  },
  sources: {
    ...common.sources,
    api: common.actors.host,
    event: "استهلاك",
    consume: "استهلاك",
    hold: "حجز",
    grant: "دفعة رصيد",
  },
  allTypes: "كل القيود",
  types: {
    granted: "مُنح",
    activated: "فُعِّل",
    consumed: "استُهلك",
    reversed: "أُلغي",
    expired: "انتهى",
    revoked: "سُحب",
    frozen: "جُمِّد",
    unfrozen: "رُفع التجميد",
    updated: "عُدِّل",
    hold_placed: "حُجز",
    hold_released: "رُفع الحجز",
    overage_repaid: "سُدِّد التجاوز",
  },
  groups: { day: "اليوم", type: "القيد", source: "المصدر", feature: "الميزة", user: "المستخدم" },
  feature: "الميزة",
  allFeatures: "كل الميزات",
  user: "المستخدم",
  grant: "دفعة الرصيد",
  allUsers: "كل المستخدمين",
  ofGrant: "دفعة واحدة",
  allGrants: "كل الدفعات",
  entries: (count) => `عدد القيود: ${count}`,
  shown: (count) => `عدد القيود المعروضة: ${count}`,
  noneMatch: "لا توجد قيود مطابقة",
  forbidden: "لا يمكنك عرض هذا السجل",
  error: "تعذّر تحميل سجل رصيدك",
};

export default arabic;
