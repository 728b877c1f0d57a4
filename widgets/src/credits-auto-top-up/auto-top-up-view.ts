import type { WidgetAutoTopUp, WidgetBalance } from "@credits-kit/client/widget";
import type { PriceFeed } from "../paying/price-feed.ts";
import type { AutoTopUpTexts } from "../ui/auto-top-up-texts.ts";
import type { Formats } from "../ui/formats.ts";
import type { Translation } from "../ui/translation.ts";
import type { CreditsAutoTopUpState } from "./credits-auto-top-up.types.ts";
import type { Draft, Field, RuleForm } from "./rule-form.ts";

/** What a person can do. */
export interface AutoTopUpActions {
  edit(field?: Field): void;
  type(change: Partial<Draft>): void;
  /** The person is done with the field. */
  leaveField(field: Field): void;
  submit(): void;
  leave(): void;
  turn(enabled: boolean): void;
  resume(): void;
  askToRemove(asking: boolean): void;
  remove(): void;
  askForCard(): void;
  addCard(): void;
  cancelCard(): void;
  opened(): void;
  checkAgain(): void;
  retry(): void;
  close(): void;
}

/** What the drawing functions need besides the state. */
export interface AutoTopUpView {
  state: CreditsAutoTopUpState;
  texts: AutoTopUpTexts;
  common: Translation;
  formats: Formats;
  /** The language that figures are written in. */
  lang: string;
  form: RuleForm;
  price: PriceFeed;
  settings: WidgetAutoTopUp | undefined;
  pool: WidgetBalance | undefined;
  modal: boolean;
  actions: AutoTopUpActions;
}

/** The unit as it goes with the amount. */
export function unitFor(amount: string, { settings }: AutoTopUpView): string {
  const { singular = "", plural = "" } = settings?.creditType.unit ?? {};
  return /^-?1(\.0*)?$/.test(amount) ? singular : plural;
}

/** Credits with their unit. */
export function creditsText(amount: string, view: AutoTopUpView): string {
  return `${view.formats.amount(amount)} ${unitFor(amount, view)}`;
}

/** What the customer has. */
export function balanceText(view: AutoTopUpView): string | undefined {
  const { pool, texts, formats } = view;
  return pool && texts.youHave(formats.amount(pool.available), unitFor(pool.available, view));
}
