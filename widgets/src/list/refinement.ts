import type { HubState } from "../session/hub.ts";

/** What few people open, and pages seldom set: the form of filters, dates, groups with subtotals. A file of its own. */
export interface Refinement<Data, View, Choice> {
  /** How it looks. */
  readonly sheet: CSSStyleSheet;
  /** Dates as filters of the API. */
  spanOf(choice: Choice, zone: string): object;
  /** The form if it is open, and what stands above groups. */
  render(view: View): unknown;
  /** Rows in groups, each with its subtotal. */
  renderGroups(data: Data, view: View): unknown;
  hubChanged?(state: HubState): void;
}

/** Dates such as `2026-03-01`, both included, or moments, of which `to` is not. */
export interface Period {
  from: string | undefined;
  to: string | undefined;
}

/** Moments, of which `to` is not included. */
export interface Span {
  from?: string | undefined;
  to?: string | undefined;
}
