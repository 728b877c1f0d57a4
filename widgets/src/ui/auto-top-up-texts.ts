/** Every text of the auto top-up in one language. Amounts, prices, units and times come in already written in it. */
export interface AutoTopUpTexts {
  title: string;
  loading: string;
  close: string;
  cancel: string;
  busy: string;
  youHave(amount: string, unit: string): string;

  invite(unit: string): string;
  inviteHint: string;
  setUp: string;

  threshold: string;
  amount: string;
  target: string;
  targetHint: string;
  add: string;
  limit: string;
  limitHint: string;
  noLimit: string;
  between(min: string, max: string): string;
  atLeast(min: string): string;
  atMost(max: string): string;
  noNumber: string;
  noMoney: string;
  aboveThreshold: string;
  lessThanOne(total: string): string;
  refused: string;
  eachTime(credits: string): string;
  eachTimeOrMore(credits: string): string;
  from(total: string): string;
  consent: string;
  consentMissing: string;
  stripe: string;
  turnOn: string;
  save: string;
  addCard: string;
  addCardFirst: string;

  on: string;
  off: string;
  switch: string;
  offHint: string;
  rule(threshold: string): string;
  ruleTarget(credits: string): string;
  ruleAdd(credits: string): string;
  spent: string;
  spentOf(spent: string, limit: string): string;
  spentNoLimit: string;
  card: string;
  noCard: string;
  invoice: string;
  otherCard: string;
  lastAttempt: string;
  attempts: Record<"in_flight" | "action_required" | "succeeded" | "failed" | "expired" | "canceled", string>;
  change: string;
  remove: string;
  removeAsk: string;
  removeHint: string;
  keep: string;
  removed: string;
  saved: string;
  cardSaved: string;
  cardCancelled: string;
  cardExpired: string;

  inFlight(credits: string, total: string): string;
  inFlightHint: string;
  invoiceSent(credits: string, total: string): string;
  invoiceHint: string;
  payInvoice: string;
  coolingDown: string;
  coolingDownHint(when: string): string;
  failed: string;
  failedHint(when: string): string;
  confirm: string;
  confirmHint: string;
  confirmAction: string;
  limitReached: string;
  limitReachedHint(room: string): string;
  raiseLimit: string;
  suspended: string;
  tryAgain: string;
  /** What went wrong and what to do, by its code; `otherProblem` is for all others. */
  problems: Partial<Record<string, string>>;
  otherProblem: string;

  cardTitle: string;
  cardHint: string;
  toStripe: string;
  formLoading: string;
  tab: string;
  tabHint: string;
  blocked: string;
  openPage: string;
  openAgain: string;
  checking: string;
  checkAgain: string;

  notAnswered: string;
  notSaved: string;
  unsold: string;
  unsoldHint: string;
  error: string;

  entryOn: string;
  entryOff: string;
  entryProblem: string;
  entrySetUp: string;
  notLoaded: string;
}
