import type { BalanceHistoryTexts } from "../../ui/balance-history-texts.ts";

const arabic: BalanceHistoryTexts = {
  title: (pool) => `${pool}: أحدث القيود`,
  loading: "جارٍ تحميل أحدث القيود",
  empty: "لا توجد قيود بعد",
  error: "تعذّر تحميل أحدث القيود",
  forbidden: "ليس لديك إذن لعرض هذه القيود",
  balance: (amount) => `الرصيد ${amount}`,
  all: "كل القيود",
  types: {
    granted: "رصيد مستلم",
    activated: "رصيد مُفعَّل",
    consumed: "استخدام",
    reversed: "مُعاد",
    expired: "منتهي الصلاحية",
    revoked: "مسحوب",
    frozen: "مجمّد",
    unfrozen: "متاح من جديد",
    updated: "مُعدَّل",
    hold_placed: "محجوز",
    hold_released: "أُلغي الحجز",
    overage_repaid: "تمت تسوية التجاوز",
  },
  grantedForLater: "رصيد لوقت لاحق",
  sources: {
    top_up: "شحن الرصيد",
    auto_top_up: "شحن تلقائي",
    invoice: "فاتورة",
    plan: "الباقة",
    rollover: "رصيد مُرحَّل",
  },
};

export default arabic;
