import type { FullTranslation } from "../ui/translation.ts";

const arabic: FullTranslation = {
  code: "ar",
  dir: "rtl",

  loading: "جارٍ تحميل رصيدك",
  available: (unit) => `${unit} متاحة`,
  held: (amount) => `${amount} محجوز`,
  pending: (amount) => `+${amount} في الطريق`,
  scheduled: (amount) => `${amount} مجدول`,
  used: (share) => `تم استخدام ${share}`,
  usedOf: (used, total, share) => `تم استخدام ${used} من ${total} · ${share}`,
  expires: (amount, when) => `تنتهي صلاحية ${amount} ${when}`,
  refreshes: (when) => `يتجدد ${when}`,
  low: "رصيدك منخفض",
  lowFor: (duration) => `منخفض: يكفي لنحو ${duration}`,
  depleted: (unit) => `نفد رصيد ${unit}`,
  over: (amount, unit) => `تجاوزت رصيدك بمقدار ${amount} ${unit}. ستغطي عملية الشحن التالية ذلك أولاً.`,
  history: (from, to) => `آخر التغييرات: من ${from} إلى ${to}`,
  empty: "لا يوجد رصيد بعد",
  emptyHint: "يظهر هنا الرصيد الذي تتلقاه أو تشتريه.",
  forbidden: "ليس لديك إذن لعرض هذا الرصيد",
  forbiddenHint: "اسأل الشخص المسؤول عن حسابك.",
  error: "تعذّر تحميل رصيدك",
  errorHint: "حاول مرة أخرى بعد قليل.",
  offlineHint: "تحقق من اتصالك ثم حاول مرة أخرى.",
  sessionHint: "أعد تحميل الصفحة أو سجّل الدخول من جديد.",
  reference: (requestId) => `المرجع: ${requestId}`,
  retry: "إعادة المحاولة",
  retrying: "جارٍ إعادة المحاولة…",
  updated: (when) => `آخر تحديث ${when}`,
  topUp: "شحن الرصيد",
};

export default arabic;
