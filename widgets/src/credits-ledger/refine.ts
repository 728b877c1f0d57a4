import type { WidgetLedger } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { refineStyles } from "../list/refine.styles.ts";
import {
  renderCovers,
  renderDates,
  renderField,
  renderForm,
  renderGroupPick,
  restoreTo,
  spanOf,
  wordedBy,
} from "../list/refine-form.ts";
import type { Refinement } from "../list/refinement.ts";
import { sourceName } from "../list/render-cells.ts";
import { english } from "../locales/ledger/en-form.ts";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";
import { styleSheet } from "../ui/css.ts";
import type { LedgerChoice } from "./credits-ledger.events.ts";
import { type FormHost, KnownGroups } from "./known-groups.ts";
import type { FullView, LedgerView } from "./ledger-view.ts";
import { renderGroups, sumsOf } from "./render-groups.ts";

const worded = wordedBy(english);

/** What the API takes as a user's id. */
const USER = "[\\w.:@\\|\\-]{1,128}";

let sheet: CSSStyleSheet | undefined;

/** What few people open of a ledger. */
export class LedgerRefinement implements Refinement<WidgetLedger, LedgerView, LedgerChoice> {
  readonly sheet = (sheet ??= styleSheet(refineStyles));
  readonly spanOf = spanOf;
  readonly #sources: KnownGroups;
  readonly #features: KnownGroups;
  readonly #users: KnownGroups;
  #hadGrant = false;
  #choice: LedgerChoice | undefined;

  constructor(host: FormHost, hub: HubController) {
    this.#sources = new KnownGroups(host, hub, "source");
    this.#features = new KnownGroups(host, hub, "feature");
    this.#users = new KnownGroups(host, hub, "user");
  }

  hubChanged(state: HubState): void {
    for (const known of [this.#sources, this.#features, this.#users]) known.hubChanged(state);
  }

  renderGroups(ledger: WidgetLedger, view: LedgerView) {
    const asked = this.#asked(view);
    return asked.choice.groupBy && renderGroups(ledger, asked);
  }

  render(bare: LedgerView) {
    const view = worded(bare);
    const { choice, data, isFormOpen } = view;
    if (!isFormOpen) this.#hadGrant = false;
    return html`
      ${isFormOpen ? this.#renderForm(view) : nothing}
      ${choice.groupBy && this.#asked(view).choice.groupBy && data ? renderCovers(!(data.prevCursor ?? data.nextCursor) || sumsOf(data, view) !== undefined, view) : nothing}
    `;
  }

  /** With the choice that the rows were asked with: while those of another are on their way, the one before. */
  #asked(view: LedgerView): FullView {
    if (!view.isWaiting) this.#choice = view.choice;
    return { ...worded(view), choice: this.#choice ?? view.choice };
  }

  #renderForm(view: FullView) {
    const { texts, choice, choose } = view;
    const { source, feature, grant } = choice;
    // The field stays while the form is open: who leads back with it is still there.
    this.#hadGrant ||= Boolean(grant);
    const keysOf = (known: KnownGroups, chosen: string | undefined) => [
      ...new Set([undefined, ...known.groups.map(({ key }) => key), chosen]),
    ];
    const labelOf = (key: string) => this.#features.groups.find((group) => group.key === key)?.label ?? key;
    const fields = [
      renderDates(view),
      renderField<string | undefined>({
        part: "source-filter",
        label: texts.source,
        values: keysOf(this.#sources, source),
        value: source,
        write: (key) => (key ? (sourceName(key, view) ?? key) : texts.allSources),
        choose: (key) => choose({ source: key }),
      }),
      renderField<string | undefined>({
        part: "feature-filter",
        label: texts.feature,
        values: keysOf(this.#features, feature),
        value: feature,
        write: (key) => (key ? labelOf(key) : texts.allFeatures),
        choose: (key) => choose({ feature: key }),
      }),
      this.#renderUser(view),
      this.#hadGrant
        ? renderField<string | undefined>({
            part: "grant-filter",
            label: texts.grant,
            values: grant ? [undefined, grant] : [undefined],
            value: grant,
            write: (key) => (key ? texts.ofGrant : texts.allGrants),
            choose: (key) => choose({ grant: key }),
          })
        : nothing,
      renderGroupPick(texts.groups, view),
    ];
    return renderForm(fields, view);
  }

  /** There may be more users than a list has: those that are known are only proposed. */
  #renderUser({ texts, choice, choose }: FullView) {
    return html`
      <label class="labelled">
        ${texts.user}
        <input
          type="search"
          part="user-filter"
          list="users"
          autocomplete="off"
          placeholder=${texts.allUsers}
          pattern=${USER}
          .value=${choice.user ?? ""}
          @change=${({ target }: Event) => {
            if (!(target instanceof HTMLInputElement)) return;
            target.value = target.value.trim();
            if (target.reportValidity()) choose({ user: target.value || undefined });
          }}
          @blur=${restoreTo(choice.user ?? "")}
        />
        <datalist id="users">
          ${this.#users.groups.map(({ key }) => html`<option value=${key}></option>`)}
        </datalist>
      </label>
    `;
  }
}
