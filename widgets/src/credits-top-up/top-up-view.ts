import type { SavedCard, WidgetBalance } from "@credits-kit/client/widget";
import type { Formats } from "../ui/formats.ts";
import type { Translation } from "../ui/translation.ts";
import type { AmountForm } from "./amount-form.ts";
import type { CreditsTopUpState } from "./credits-top-up.types.ts";
import type { PriceFeed } from "../paying/price-feed.ts";
import type { TopUpTexts } from "../ui/top-up-texts.ts";

/** What a person can do. */
export interface TopUpActions {
  /** Nothing means an amount of one's own. */
  choose(credits: string | undefined): void;
  type(text: string): void;
  /** The person is done with the field. */
  leaveField(): void;
  /** ... and wants to go on from there. */
  finishField(): void;
  pay(): void;
  useSavedCard(yes: boolean): void;
  saveCard(yes: boolean): void;
  retry(): void;
  cancel(): void;
  opened(): void;
  checkAgain(): void;
  confirm(): void;
  again(): void;
  close(): void;
}

/** What the drawing functions need besides the state. */
export interface TopUpView {
  state: CreditsTopUpState;
  texts: TopUpTexts;
  common: Translation;
  formats: Formats;
  /** The language that figures are written in. */
  lang: string;
  form: AmountForm;
  price: PriceFeed;
  /** The pool that the credits go to, once it is known. */
  pool: WidgetBalance | undefined;
  /** The card that is charged; none leads to a checkout. */
  card: SavedCard | undefined;
  savesCard: boolean;
  modal: boolean;
  actions: TopUpActions;
}

/** The unit as it goes with the amount. */
export function unitFor(amount: string, { form }: TopUpView): string {
  const { singular = "", plural = "" } = form.offer?.creditType.unit ?? {};
  return /^1(\.0*)?$/.test(amount) ? singular : plural;
}

/** Credits with their unit. */
export function creditsText(amount: string, view: TopUpView): string {
  return `${view.formats.amount(amount)} ${unitFor(amount, view)}`;
}
