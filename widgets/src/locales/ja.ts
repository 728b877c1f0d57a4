import type { FullTranslation } from "../ui/translation.ts";

const japanese: FullTranslation = {
  code: "ja",
  dir: "ltr",

  loading: "残高を読み込んでいます",
  available: (unit) => (unit ? `${unit}が利用可能` : "利用可能"),
  held: (amount) => `${amount}を確保中`,
  pending: (amount) => `+${amount}を追加中`,
  scheduled: (amount) => `${amount}を追加予定`,
  used: (share) => `${share}を利用済み`,
  usedOf: (used, total, share) => `${total}のうち${used}を利用済み・${share}`,
  expires: (amount, when) => `${amount}が${when}に失効します`,
  refreshes: (when) => `${when}に更新されます`,
  low: "残高が少なくなっています",
  lowFor: (duration) => `残りわずか：あと約${duration}`,
  depleted: (unit) => `${unit}の残りがありません`,
  over: (amount, unit) => `${amount} ${unit}の超過です。次回のチャージはまず超過分に充てられます。`,
  history: (from, to) => `最近の推移：${from}から${to}`,
  empty: "クレジットはまだありません",
  emptyHint: "受け取ったクレジットや購入したクレジットがここに表示されます。",
  forbidden: "この残高を表示する権限がありません",
  forbiddenHint: "アカウントの管理者にお問い合わせください。",
  error: "残高を読み込めませんでした",
  errorHint: "しばらくしてからもう一度お試しください。",
  offlineHint: "接続を確認して、もう一度お試しください。",
  sessionHint: "ページを再読み込みするか、もう一度サインインしてください。",
  reference: (requestId) => `照会番号：${requestId}`,
  retry: "再試行",
  retrying: "再試行中…",
  updated: (when) => `${when}に更新`,
  topUp: "チャージ",
};

export default japanese;
