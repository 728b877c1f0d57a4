import type { BalanceHistoryTexts } from "../../ui/balance-history-texts.ts";

const japanese: BalanceHistoryTexts = {
  title: (pool) => `${pool}：最新の明細`,
  loading: "最新の明細を読み込んでいます",
  empty: "明細はまだありません",
  error: "最新の明細を読み込めませんでした",
  forbidden: "これらの明細を表示する権限がありません",
  balance: (amount) => `残高${amount}`,
  all: "すべての明細",
  types: {
    granted: "付与",
    activated: "有効化",
    consumed: "利用",
    reversed: "返還",
    expired: "失効",
    revoked: "取り消し",
    frozen: "凍結",
    unfrozen: "凍結解除",
    updated: "変更",
    hold_placed: "確保",
    hold_released: "確保の解除",
    overage_repaid: "超過分の清算",
  },
  grantedForLater: "後日付与",
  sources: {
    top_up: "チャージ",
    auto_top_up: "自動チャージ",
    invoice: "請求書",
    plan: "プラン",
    rollover: "繰り越し",
  },
};

export default japanese;
