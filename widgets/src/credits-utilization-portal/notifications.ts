import type { WidgetNotificationPreferences } from "@credits-kit/client/widget";
import { Topics } from "../feed/topics.ts";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";
import { Changes } from "./changes.ts";
import { CreditsNotificationsChangeEvent } from "./credits-utilization-portal.events.ts";
import type { PortalHost } from "./portal-host.ts";
import type { PortalView } from "./portal-view.ts";
import { documentOf, type Edits, readDays, readThresholds } from "./preferences.ts";
import { type Fault, type FormNotice, renderForm } from "./render-form.ts";
import { renderSection } from "./render-section.ts";
import { ask, Source } from "./source.ts";

const topics = new Topics<WidgetNotificationPreferences>();

/** What the session's user wants to be told of: what is set, what they changed of it, and saving that. */
export class Notifications {
  readonly #host: PortalHost;
  readonly #source: Source<WidgetNotificationPreferences>;
  /** By credit type. */
  #edits = new Map<string, Edits>();
  /** What was saved, and the older answer that it stands instead of. */
  #saved: { data: WidgetNotificationPreferences; outdated: unknown } | undefined;
  #notice: FormNotice | undefined;
  readonly #changes: Changes;
  /** The credit type that is shown. */
  #shown = "";
  /** Faults are shown once somebody tried to save. */
  #isChecked = false;

  constructor(host: PortalHost, { hub, isOpen }: { hub: HubController; isOpen(): boolean }) {
    this.#host = host;
    this.#changes = new Changes(hub, () => host.requestUpdate());
    this.#source = new Source(host, {
      ...{ hub, topics },
      question: () =>
        isOpen() ? ask<WidgetNotificationPreferences>("/widget/notification-preferences", {}) : undefined,
    });
  }

  hubChanged(state: HubState): void {
    this.#source.hubChanged(state);
  }

  forget(): void {
    this.#changes.forget();
    this.#edits.clear();
    this.#saved = this.#notice = undefined;
    this.#isChecked = false;
  }

  render(view: PortalView) {
    return renderSection(view, this.#source, {
      title: view.texts.notifications,
      lines: 6,
      content: (answer) => {
        const data = this.#saved && this.#saved.outdated === answer ? this.#saved.data : answer;
        const type =
          data.creditTypes.find(({ creditType }) => creditType.id === view.pool?.creditTypeId) ??
          data.creditTypes[0];
        const id = type?.creditType.id ?? "";
        // What became of saving was said of another type.
        if (id !== this.#shown) this.#notice = undefined;
        this.#shown = id;
        return renderForm(view, {
          type,
          isNamed: data.creditTypes.length > 1,
          canChange: data.canChange,
          edits: this.#edits.get(id) ?? { channels: {} },
          isEdited: this.#edits.size > 0,
          isBusy: this.#changes.isBusy,
          notice: this.#notice,
          fault: (field) => this.#isChecked && this.#isWrong(id, field),
          edit: (change) => this.#edit(id, change),
          save: () => void this.#save(),
        });
      },
    });
  }

  #edit(id: string, change: (edits: Edits) => void): void {
    const edits = this.#edits.get(id) ?? { channels: {} };
    change(edits);
    this.#edits.set(id, edits);
    this.#notice = undefined;
    this.#host.requestUpdate();
  }

  #isWrong(id: string, field: Fault): boolean {
    const { thresholds, daysBefore } = this.#edits.get(id) ?? {};
    return field === "thresholds"
      ? thresholds !== undefined && readThresholds(thresholds) === undefined
      : daysBefore !== undefined && readDays(daysBefore) === undefined;
  }

  #faultOf(id: string): Fault | undefined {
    return (["thresholds", "daysBefore"] as const).find((field) => this.#isWrong(id, field));
  }

  /** Takes what is set now, changes what the person changed of it, and sends the whole. */
  async #save(): Promise<void> {
    if (this.#changes.isBusy) return;
    this.#isChecked = true;
    this.#notice = undefined;
    this.#host.requestUpdate();
    const fault = this.#faultOf(this.#shown);
    if (fault) return void this.#host.updateComplete.then(() => this.#focus(fault));
    // What is wrong with another type waits until that one is looked at.
    const sent = new Map([...this.#edits].filter(([id]) => !this.#faultOf(id)));
    this.#edits = structuredClone(this.#edits);
    try {
      const data = await this.#changes.send(async (client) =>
        client.putNotificationPreferences(documentOf(await client.getNotificationPreferences(), sent)),
      );
      if (data) this.#take(data, sent);
    } catch {
      this.#notice = "notSaved";
    }
    this.#host.requestUpdate();
  }

  #take(data: WidgetNotificationPreferences, sent: ReadonlyMap<string, Edits>): void {
    const { state } = this.#source;
    this.#saved = { data, outdated: state.type === "loaded" ? state.data : undefined };
    // What was typed while it was on its way is not saved.
    for (const [id, edits] of sent)
      if (JSON.stringify(this.#edits.get(id)) === JSON.stringify(edits)) this.#edits.delete(id);
    this.#notice = "saved";
    this.#isChecked = [...this.#edits.keys()].some((id) => !sent.has(id));
    this.#source.retry();
    this.#host.dispatchEvent(new CreditsNotificationsChangeEvent());
  }

  #focus(field: Fault): void {
    this.#host.renderRoot.querySelector<HTMLElement>(`#${field}`)?.focus();
  }
}
