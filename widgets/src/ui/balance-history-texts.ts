/** Every text of the latest entries of a balance in one language. Amounts, times and names come in already written in it. */
export interface BalanceHistoryTexts {
  title(pool: string): string;
  loading: string;
  empty: string;
  error: string;
  forbidden: string;
  /** The balance after an entry. */
  balance(amount: string): string;
  /** The way to all entries. */
  all: string;
  /** What an entry is, by its type. */
  types: Readonly<Record<string, string>>;
  /** Of a grant whose credits do not count yet: scheduled, or waiting for its payment. */
  grantedForLater: string;
  /** Where granted credits came from, by the kind of source. */
  sources: Readonly<Record<string, string>>;
}
