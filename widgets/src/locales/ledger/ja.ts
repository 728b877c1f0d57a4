import type { LedgerFormTexts, LedgerTexts } from "../../ui/ledger-texts.ts";
import { japanese as common } from "../list/ja.ts";

const japanese: LedgerTexts & LedgerFormTexts = {
  ...common,
  title: "クレジット台帳",
  loading: "台帳を読み込んでいます",
  columns: {
    at: "日時",
    type: "明細",
    source: "発生元",
    delta: "増減",
    endBalance: "残高",
    actor: "実行者",
  },
  sources: {
    ...common.sources,
    api: common.actors.host,
    event: "利用",
    consume: "利用",
    hold: "確保",
    grant: "付与",
  },
  allTypes: "すべての明細",
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
  groups: { day: "日", type: "明細", source: "発生元", feature: "機能", user: "ユーザー" },
  feature: "機能",
  allFeatures: "すべての機能",
  user: "ユーザー",
  grant: "付与",
  allUsers: "すべてのユーザー",
  ofGrant: "1件の付与",
  allGrants: "すべての付与",
  entries: (count) => `明細：${count}件`,
  shown: (count) => `表示中の明細：${count}件`,
  noneMatch: "該当する明細がありません",
  forbidden: "この台帳を表示する権限がありません",
  error: "台帳を読み込めませんでした",
};

export default japanese;
