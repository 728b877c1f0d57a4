import { html, nothing } from "lit";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";
import type { PortalTab } from "./credits-utilization-portal.types.ts";
import { styleSheet } from "../ui/css.ts";
import { Embeds } from "./embeds.ts";
import type * as FormsFile from "./forms.ts";
import { Later } from "./later.ts";
import type { PortalHost } from "./portal-host.ts";
import type { PortalView } from "./portal-view.ts";
import { renderMissing } from "./render-missing.ts";
import { renderBones } from "./render-skeleton.ts";

let sheet: CSSStyleSheet | undefined;

/** What the contents of a tab are made of. */
export interface TabOptions {
  hub: HubController;
  isOpen(tab: PortalTab): boolean;
}

/** What a content of our own can do, whichever it is. */
interface Content {
  hubChanged(state: HubState): void;
  render(view: PortalView): unknown;
  forget(): void;
}

/** The contents of all tabs but the overview, each of which comes when its tab is opened. */
export class Tabs {
  readonly #host: PortalHost;
  readonly #options: TabOptions;
  readonly #embeds: Embeds;
  readonly #forms: Later<typeof FormsFile>;
  readonly #made = new Map<PortalTab, Content>();

  constructor(host: PortalHost, options: TabOptions) {
    this.#host = host;
    this.#options = options;
    this.#embeds = new Embeds(host);
    this.#forms = new Later(
      async () => {
        const file = await import("./forms.ts");
        sheet ??= styleSheet(file.formStyles);
        if (host.renderRoot instanceof ShadowRoot) host.renderRoot.adoptedStyleSheets.push(sheet);
        return file;
      },
      () => host.requestUpdate(),
    );
  }

  hubChanged(state: HubState): void {
    for (const content of this.#made.values()) content.hubChanged(state);
  }

  /** Lets go of everything that tabs keep: the credits are somebody else's. */
  forget(): void {
    this.#embeds.forget();
    for (const content of this.#made.values()) content.forget();
  }

  render(tab: Exclude<PortalTab, "overview">, view: PortalView) {
    if (tab === "billing") return this.#renderForm(tab, view);
    if (tab !== "settings") return this.#embeds.render(tab, view);
    const { ready, isHidden } = view;
    const hasAutoTopUp = ready.pools.canChangeSettings && !isHidden("auto-top-up");
    return html`
      <div class="columns">
        ${hasAutoTopUp ? html`<section>${this.#embeds.render("auto-top-up", view)}</section>` : nothing}
        ${isHidden("notifications") ? nothing : this.#renderForm(tab, view)}
      </div>
    `;
  }

  #renderForm(tab: "billing" | "settings", view: PortalView) {
    const { file, isMissing } = this.#forms;
    if (isMissing) return renderMissing(view, () => this.#forms.retry());
    if (!file) return renderBones(6);
    const known = this.#made.get(tab);
    const { hub, isOpen } = this.#options;
    const content = known ?? new file.forms[tab](this.#host, { hub, isOpen: () => isOpen(tab) });
    if (!known) {
      this.#made.set(tab, content);
      content.hubChanged(view.ready);
    }
    return content.render(view);
  }
}
