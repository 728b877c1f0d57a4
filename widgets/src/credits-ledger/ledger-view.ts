import type { WidgetLedger, WidgetLedgerEntry } from "@credits-kit/client/widget";
import type { ListView } from "../list/list-view.ts";
import type { LedgerFormTexts, LedgerTexts } from "../ui/ledger-texts.ts";
import type { LedgerChoice } from "./credits-ledger.events.ts";

/** The texts at hand: those of the form come with it, where they are not the page's own or another language's. */
export type LedgerWords = LedgerTexts & Partial<LedgerFormTexts>;

/** What the drawing functions need. */
export interface LedgerView extends ListView<LedgerChoice, LedgerWords, WidgetLedger> {
  /** Whether figures are of several credit types, and say of which they are. */
  hasUnits: boolean;
  /** The one type that they are of, where they are not of several. */
  creditTypeId: string;
  /** An amount with its sign, also where it is more than nothing. */
  signed(amount: string): string;
  /** The day and the time, or the time alone where rows are grouped by days. */
  time(atMs: number): string;
  /** Asks for the grant that an entry is about. */
  request(grantId: string, entry: WidgetLedgerEntry): void;
}

/** The same with the texts of the form. */
export interface FullView extends LedgerView {
  texts: LedgerTexts & LedgerFormTexts;
}
