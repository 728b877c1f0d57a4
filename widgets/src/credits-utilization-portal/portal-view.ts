import type { WidgetBalance } from "@credits-kit/client/widget";
import type { HubState } from "../session/hub.ts";
import type { Formats } from "../ui/formats.ts";
import type { PortalTexts } from "../ui/portal-texts.ts";
import type { FullTranslation } from "../ui/translation.ts";
import type { PortalPart, PortalTab } from "./credits-utilization-portal.types.ts";

/** What is known of the credits. */
export type Ready = Extract<HubState, { type: "ready" }>;

/** What the drawing functions need. */
export interface PortalView {
  common: FullTranslation;
  texts: PortalTexts;
  formats: Formats;
  /** The language, as numbers and dates are written. */
  lang: string;
  timeZone: string | undefined;
  ready: Ready;
  /** The pools to choose from. */
  pools: readonly WidgetBalance[];
  /** The one that is shown; nothing where the customer has none. */
  pool: WidgetBalance | undefined;
  shown: readonly PortalTab[];
  tab: PortalTab | undefined;
  canTopUp: boolean;
  isHidden(part: PortalPart): boolean;

  /** An amount in figures. */
  amount(amount: string): string;
  /** ... and with the unit of the pool, unless units are left out. */
  withUnit(amount: string): string;
  /** The day alone, in the element's time zone. */
  day(atMs: number, options?: Intl.DateTimeFormatOptions): string;
  open(tab: PortalTab): void;
  choosePool(key: string): void;
  topUp(): void;
  retry(): void;
  requestUpdate(): void;
}
