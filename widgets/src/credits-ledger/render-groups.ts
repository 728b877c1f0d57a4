import type {
  LedgerGrouping,
  WidgetLedger,
  WidgetLedgerEntry,
  WidgetLedgerGroup,
} from "@credits-kit/client/widget";
import { html } from "lit";
import { datesIn, groupsOf, sumOf } from "../list/groups.ts";
import { sourceName } from "../list/render-cells.ts";
import { renderGroup } from "../list/render-group.ts";
import type { FullView, LedgerView } from "./ledger-view.ts";
import { renderRow } from "./render-row.ts";

const COLUMNS = 6;
/** Of groups that have no entry on this page, at most so many are named. */
const MOST_OTHERS = 20;

/** The API's subtotals are of all that matches. Where that is credits of several types, a sum of them is of nothing. */
export function sumsOf({ groups }: WidgetLedger, { hasUnits }: LedgerView): WidgetLedgerGroup[] | undefined {
  return hasUnits ? undefined : groups;
}

/** Entries in groups, and the groups that have none on this page. */
export function renderGroups(ledger: WidgetLedger, view: FullView) {
  const { groupBy } = view.choice;
  const sums = sumsOf(ledger, view);
  const dateOf = datesIn(view.zone);
  const shown = groupsOf(ledger.data, (entry) =>
    groupBy === "day" ? dateOf(entry.at) : keyOf(entry, groupBy),
  );
  const keys = new Set(shown.map(({ key }) => key));
  const others = groupBy === "day" ? [] : (sums ?? []).filter(({ key }) => !keys.has(key));
  return html`
    ${shown.map(
      ({ key, rows }) => html`
        ${renderGroupRow({ key, rows, sums }, view)} ${rows.map((entry) => renderRow(entry, view))}
      `,
    )}
    ${others.slice(0, MOST_OTHERS).map((sum) => renderGroupRow({ key: sum.key, rows: [], sums }, view))}
  `;
}

function keyOf(
  { type, source, feature, userId }: WidgetLedgerEntry,
  groupBy: LedgerGrouping | undefined,
): string | null {
  if (groupBy === "type") return type;
  if (groupBy === "source") return source.kind;
  return groupBy === "feature" ? (feature?.id ?? null) : userId;
}

interface Grouped {
  key: string | null;
  rows: WidgetLedgerEntry[];
  sums: WidgetLedgerGroup[] | undefined;
}

function renderGroupRow({ key, rows, sums }: Grouped, view: FullView) {
  const { texts, choice, creditTypeId, formats, signed, withUnit, choose } = view;
  const { groupBy } = choice;
  const [first] = rows;
  const sum = sums?.find((one) => one.key === key);
  // The API sums up so many groups and no more: what is on this page is not what such a group has in all.
  const isUnknown = sums && !sum;
  const label = sum?.label ?? (groupBy === "feature" ? first?.feature?.label : null) ?? key;
  const type = Object.entries(texts.types).find(([name]) => name === key)?.[1];
  const name =
    groupBy === "day" && first
      ? view.day(Date.parse(first.at))
      : ((groupBy === "type" ? type : groupBy === "source" && key ? sourceName(key, view) : label) ?? key);
  const perType = groupsOf(rows, ({ creditTypeId }) => creditTypeId);
  const figures = sum
    ? withUnit(signed(sum.delta), sum.delta, creditTypeId)
    : perType.map(({ key: id, rows: own }) => {
        const delta = sumOf(own.map((entry) => entry.delta));
        return withUnit(signed(delta), delta, id ?? "");
      });
  const count = formats.amount(String(sum?.entries ?? rows.length));
  const isBoth = sum && sum.credited !== "0" && sum.debited !== "0";
  const both = isBoth ? ` · ${signed(sum.credited)} / ${signed(`-${sum.debited}`)}` : "";
  const words = name ?? texts.none;
  const open = (to: string) => choose(groupBy === "day" ? { from: to, to } : { [groupBy ?? ""]: to });
  return renderGroup({
    name:
      key === null ? words : html`<button part="group-button" @click=${() => open(key)}>${words}</button>`,
    caption: isUnknown ? "" : texts.entries(count) + both,
    figures: isUnknown ? "" : [figures].flat().join(" · "),
    columns: COLUMNS,
  });
}
