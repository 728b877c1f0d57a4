import type { GrantsFormTexts, GrantsTableTexts } from "../../ui/grants-table-texts.ts";
import { japanese as common } from "../list/ja.ts";

const japanese: GrantsTableTexts & GrantsFormTexts = {
  ...common,
  title: "クレジットの付与",
  loading: "付与を読み込んでいます",
  columns: {
    createdAt: "付与日",
    amount: "クレジット",
    remaining: "残り",
    status: "状態",
    source: "発生元",
    effectiveAt: "利用開始",
    expiresAt: "有効期限",
    priority: "優先度",
  },
  allStatuses: "すべての状態",
  statuses: {
    payment_pending: "未払い",
    scheduled: "開始前",
    active: "有効",
    depleted: "利用済み",
    expired: "失効",
    revoked: "取り消し済み",
    frozen: "凍結中",
  },
  expiringSoon: "まもなく失効",
  overdue: "支払期限超過",
  category: "種類",
  allCategories: "すべての種類",
  categories: { promo: "特典", recurring: "定期", paid: "購入" },
  actor: "付与した人",
  allActors: "すべて",
  dateField: "日付",
  groups: {
    status: "状態",
    category: "種類",
    source: "発生元",
    creditType: "クレジットの種別",
    day: "日",
  },
  grants: (count) => `付与：${count}件`,
  locked: "支払いまで利用できません",
  never: "なし",
  shown: (count) => `表示中の付与：${count}件`,
  noneMatch: "該当する付与がありません",
  forbidden: "これらの付与を表示する権限がありません",
  error: "付与を読み込めませんでした",
};

export default japanese;
