import type { WidgetGrant, WidgetGrants } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { datesIn, groupsOf, sumOf } from "../list/groups.ts";
import { refineStyles } from "../list/refine.styles.ts";
import {
  renderCovers,
  renderDates,
  renderField,
  renderForm,
  renderGroupPick,
  spanOf,
  wordedBy,
} from "../list/refine-form.ts";
import type { Refinement } from "../list/refinement.ts";
import { sourceName } from "../list/render-cells.ts";
import { renderGroup } from "../list/render-group.ts";
import { english } from "../locales/grants-table/en-form.ts";
import { styleSheet } from "../ui/css.ts";
import type { GrantsFormTexts, GrantsTableTexts } from "../ui/grants-table-texts.ts";
import type { GrantsTableChoice } from "./credits-grants-table.events.ts";
import {
  ACTORS,
  CATEGORIES,
  type GrantActor,
  type GrantCategory,
  type GrantDate,
  type GrantGrouping,
} from "./credits-grants-table.types.ts";
import type { GrantsView } from "./grants-view.ts";
import { renderRow } from "./render-row.ts";

const COLUMNS = 7;
/** What the API calls the ends of a period of dates. */
const SPANS = {
  createdAt: ["from", "to"],
  effectiveAt: ["effectiveFrom", "effectiveTo"],
  expiresAt: ["expiresFrom", "expiresTo"],
} as const;

const DATE_FIELDS = ["createdAt", "effectiveAt", "expiresAt"] as const satisfies readonly GrantDate[];
const GROUPINGS: readonly (GrantGrouping | undefined)[] = [
  "status",
  "category",
  "source",
  "creditType",
  "day",
];

const dateFieldOf = ({ dateField }: GrantsTableChoice): GrantDate =>
  DATE_FIELDS.find((one) => one === dateField) ?? "createdAt";

interface FullView extends GrantsView {
  texts: GrantsTableTexts & GrantsFormTexts;
}

const worded = wordedBy(english);

/** What few people open of grants. */
export const refinement: Refinement<WidgetGrants, GrantsView, GrantsTableChoice> = {
  sheet: styleSheet(refineStyles),
  spanOf: (choice, zone) => {
    const { from, to } = spanOf(choice, zone);
    const [first, last] = SPANS[dateFieldOf(choice)];
    return { [first]: from, [last]: to };
  },
  render: (bare) => {
    const view = worded(bare);
    const { choice, isFormOpen, data } = view;
    return html`
      ${isFormOpen ? renderFields(view) : nothing}
      ${choice.groupBy && data ? renderCovers(!(data.prevCursor ?? data.nextCursor), view) : nothing}
    `;
  },
  renderGroups: ({ data }, bare) => {
    const view = worded(bare);
    const dateOf = datesIn(view.zone);
    const { groupBy } = view.choice;
    if (!GROUPINGS.includes(groupBy)) return undefined;
    const keyOf = (grant: WidgetGrant) => (groupBy === "day" ? dateOf(grant.createdAt) : nameOf(grant, view));
    return groupsOf(data, keyOf).map(
      ({ rows }) => html`${renderGroupRow(rows, view)}${rows.map((grant) => renderRow(grant, view))}`,
    );
  },
};

/** Grants that the host made by the API: people know the host, and no interface. */
const API = "api";

const nameOfSource = (kind: string, view: FullView): string =>
  sourceName(kind, view) ?? (kind === API ? view.texts.actors.host : kind);

function renderFields(view: FullView) {
  const { texts, choice, choose } = view;
  const dates: Record<GrantDate, string> = texts.columns;
  // Kinds that others have are chosen by the page; what it chose is in the list.
  const kinds = [...new Set([...Object.keys(texts.sources), API, ...(choice.source ? [choice.source] : [])])];
  const fields = [
    renderField<GrantDate>({
      part: "date-field",
      label: texts.dateField,
      values: DATE_FIELDS,
      value: dateFieldOf(choice),
      write: (one) => dates[one],
      choose: (dateField) => choose({ dateField }),
    }),
    renderDates(view),
    renderField<string | undefined>({
      part: "source-filter",
      label: texts.source,
      values: [undefined, ...kinds],
      value: choice.source,
      write: (one) => (one ? nameOfSource(one, view) : texts.allSources),
      choose: (source) => choose({ source }),
    }),
    renderField<GrantCategory | undefined>({
      part: "category-filter",
      label: texts.category,
      values: [undefined, ...CATEGORIES],
      value: choice.category,
      write: (one) => (one ? texts.categories[one] : texts.allCategories),
      choose: (category) => choose({ category }),
    }),
    renderField<GrantActor | undefined>({
      part: "actor-filter",
      label: texts.actor,
      values: [undefined, ...ACTORS],
      value: choice.actor,
      write: (one) => (one ? texts.actors[one] : texts.allActors),
      choose: (actor) => choose({ actor }),
    }),
    renderGroupPick(texts.groups, view),
  ];
  return renderForm(fields, view);
}

function nameOf({ status, category, source, creditTypeId, createdAt }: WidgetGrant, view: FullView): string {
  const { texts, choice, creditTypes } = view;
  const { groupBy } = choice;
  if (groupBy === "day") return view.day(Date.parse(createdAt));
  if (groupBy === "creditType")
    return creditTypes.find(({ id }) => id === creditTypeId)?.name ?? creditTypeId;
  if (groupBy === "source") return nameOfSource(source.kind, view);
  return groupBy === "status" ? texts.statuses[status] : texts.categories[category];
}

/** Credits of several types are never added up. */
function renderGroupRow(rows: readonly WidgetGrant[], view: FullView) {
  const { texts, formats, amount, withUnit } = view;
  const figures = groupsOf(rows, ({ creditTypeId }) => creditTypeId).map(({ key, rows: own }) => {
    const sum = (field: "amount" | "remaining") => sumOf(own.map((grant) => grant[field]));
    const all = sum("amount");
    return withUnit(`${amount(sum("remaining"))} / ${amount(all)}`, all, key ?? "");
  });
  const [first] = rows;
  return renderGroup({
    name: first ? nameOf(first, view) : "",
    caption: texts.grants(formats.amount(String(rows.length))),
    figures: figures.join(" · "),
    columns: COLUMNS,
  });
}
