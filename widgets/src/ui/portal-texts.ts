type Tabs = "overview" | "usage" | "grants" | "ledger" | "billing" | "settings";
type Entries =
  | "granted"
  | "activated"
  | "consumed"
  | "reversed"
  | "expired"
  | "revoked"
  | "frozen"
  | "unfrozen"
  | "updated"
  | "hold_placed"
  | "hold_released"
  | "overage_repaid";
type Statuses =
  "awaiting_payment" | "action_required" | "processing" | "paid" | "failed" | "expired" | "void";
type Notices = "lowBalance" | "depleted" | "expiry" | "autoTopUp" | "receipts";

/** Every text of the portal in one language. Amounts, units and dates come in already written in it. */
export interface PortalTexts {
  title: string;
  tabs: Record<Tabs, string>;
  choosePool: string;
  pace(when: string): string;
  error: string;

  available: string;
  used: string;
  ofGranted(granted: string): string;
  refreshes(when: string): string;
  runsOut: string;
  /** Between the earliest and the latest day; the share is how likely that is. */
  range(span: string, share: string): string;
  /** There is no latest day. */
  notBefore(day: string): string;
  now: string;
  nowHint: string;
  beyond: string;
  basis(days: string): string;
  idle: string;
  idleHint(days: string): string;
  unknown: string;
  unknownHint: string;

  alerts: string;
  expiring(amount: string, unit: string, when: string): string;
  autoTopUpStopped: string;
  autoTopUpNeedsYou: string;
  autoTopUpHint: string;
  toSettings: string;
  unpaid(number: string): string;
  unpaidHint(amount: string, unit: string): string;
  pay: string;

  trend: string;
  lastDays(days: string): string;
  trendLabel(total: string, most: string, day: string): string;
  unused: string;
  details: string;
  expiries: string;
  noExpiries: string;
  categories: Record<"promo" | "recurring" | "paid", string>;
  entries: string;
  noEntries: string;
  types: Record<Entries, string>;
  /** Of a grant whose credits do not count yet: scheduled, or waiting for its payment. */
  grantedForLater: string;
  partError: string;
  partForbidden: string;

  plans: string;
  noPlan: string;
  perCredit(price: string, unit: string): string;
  agreed: string;
  included(amount: string, unit: string, every: "month" | "year"): string;
  perSeat(seats: string): string;
  next(when: string): string;
  ends(day: string): string;
  cards: string;
  noCards: string;
  noCardsHint: string;
  cardsUnknown: string;
  defaultCard: string;
  cardExpires(date: string): string;
  cardExpired: string;
  makeDefault: string;
  remove: string;
  removeAsk(card: string): string;
  keep: string;
  addCard: string;
  cardAdded: string;
  cardNotAdded: string;
  cardRemoved: string;
  cardChosen: string;
  documents: string;
  noDocuments: string;
  automatic: string;
  statuses: Record<Statuses, string>;
  overdue: string;
  refunded(amount: string): string;
  tax(amount: string): string;
  receipt: string;
  invoice: string;
  previous: string;
  nextPage: string;

  notifications: string;
  notificationsHint: string;
  channels: Record<"in_app" | "email", string>;
  notices: Record<Notices, string>;
  thresholds: string;
  thresholdsHint(defaults: string): string;
  thresholdsWrong: string;
  daysBefore: string;
  daysWrong: string;
  readOnly: string;
  save: string;
  saving: string;
  saved: string;
  unsaved: string;
  notSaved: string;
  notChanged: string;
}
