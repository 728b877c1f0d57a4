import type { TopUpTexts } from "../../ui/top-up-texts.ts";

const japanese: TopUpTexts = {
  title: (name) => `${name}のチャージ`,
  loading: "料金を読み込んでいます",
  youHave: (amount, unit) => `残高：${amount} ${unit}`,
  amount: "数量",
  otherAmount: "その他の数量",
  amountOf: (unit) => `${unit}の数量`,
  between: (min, max) => `${min}～${max}`,
  atLeast: (min) => `${min}以上`,
  atMost: (max) => `${max}以下`,
  noNumber: "500のような数値を入力してください",
  perCredit: (price, unit) => `${price}／${unit}`,
  total: "合計",
  pay: (total) => `${total}を支払う`,
  payWith: (total, card) => `${card}で${total}を支払う`,
  chooseAmount: "数量を選択してください",
  busy: "お待ちください…",
  useCard: (card) => `${card}を使う`,
  otherCard: "別のカードを使う",
  saveCard: "次回以降のチャージのためにこのカードを保存する",
  stripe: "Stripeによる安全な決済",
  close: "閉じる",
  formLoading: "支払いフォームを読み込んでいます",
  tab: "別のタブでのお支払いを待っています",
  tabHint: "このページを開いたままにしてください。お支払いが済むと、クレジットがここに表示されます。",
  blocked: "安全な支払いページでお支払いください",
  blockedHint:
    "ここでは支払いフォームを開けません。このページを開いたままにしてください。お支払いが済むと、クレジットがここに表示されます。",
  openPage: "支払いページを開く",
  openAgain: "もう一度開く",
  cancel: "キャンセル",
  confirming: "お支払いを確認しています",
  confirmingHint: "数秒かかります。",
  processing: "銀行がお支払いを確認しています",
  processingHint:
    "銀行によっては数日かかります。クレジットは自動的に表示されますので、このページを離れてもかまいません。",
  checkAgain: "もう一度確認する",
  action: "お支払いにはお客様の確認が必要です",
  actionHint: "ご本人であることを銀行が確認します。確認が済むまで請求は行われません。",
  confirm: "支払いを確認する",
  paid: (amount, unit) => `${amount} ${unit}を追加しました`,
  receipt: "領収書",
  done: "完了",
  again: "さらに購入する",
  cancelled: "お支払いは行われていません。請求は発生していません。",
  expired: "支払いページの有効期限が切れました。請求は発生していません。",
  priceChanged: "料金が変更されました。請求は発生していません。もう一度ご確認ください。",
  notAnswered: "応答がありませんでした。もう一度お試しください。二重に請求されることはありません。",
  notStarted:
    "支払いを開始できませんでした。請求は発生していません。しばらくしてからもう一度お試しください。",
  declined:
    "カードが承認されませんでした。請求は発生していません。もう一度お試しになるか、別のカードをお使いください。",
  declines: {
    insufficient_funds: "カードの残高が不足しています。請求は発生していません。別のカードをお使いください。",
    expired_card: "カードの有効期限が切れています。請求は発生していません。別のカードをお使いください。",
    incorrect_cvc: "セキュリティコードが正しくありません。請求は発生していません。もう一度お試しください。",
    processing_error: "銀行が支払いを処理できませんでした。請求は発生していません。もう一度お試しください。",
    authentication_required:
      "銀行がご本人の確認を受け取れませんでした。請求は発生していません。もう一度お試しください。",
  },
  unsold: "ここで購入できるものはありません",
  unsoldHint:
    "ご利用のプランではこのクレジットを販売していません。アカウントの管理者にお問い合わせください。",
  error: "料金を読み込めませんでした",
};

export default japanese;
