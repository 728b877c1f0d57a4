import { SCOPES, PlaygroundApi, isApiState } from "./playground-api.ts";

const DEFINE = import.meta.glob("../../widgets/src/credits-*/define.ts");

/** An element with a session of its own, whose attributes the controls set, and buttons for what else happens in a pool. */
export class Playground {
  readonly #tag: string;
  readonly #bar = document.createElement("p");
  readonly #stage = document.createElement("div");
  #api: PlaygroundApi | undefined;
  #played = "";

  constructor(host: HTMLElement, tag: string) {
    this.#tag = tag;
    this.#bar.className = "happenings";
    this.#bar.append(
      "Meanwhile: ",
      this.#button("spend 20", (api) => api.spend()),
      this.#button("grant 500", (api) => api.grant()),
      this.#button("cut the stream", (api) => api.cut()),
    );
    host.append(this.#bar, this.#stage);
    void DEFINE[`../../widgets/src/${tag}/define.ts`]?.();
  }

  /** Takes over what the controls say: attributes at once, another API with another session. */
  change({ may, answers, ...attributes }: Readonly<Record<string, unknown>>): void {
    const scopes = SCOPES[String(may)] ?? SCOPES["read, buy, change settings"] ?? [];
    const state = isApiState(answers) ? answers : "normally";
    const played = `${scopes.join()} ${state}`;
    if (played !== this.#played) this.#open(new PlaygroundApi(scopes, state));
    this.#played = played;
    const element = this.#stage.firstElementChild;
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) element?.setAttribute(name, "");
      else if (typeof value === "number" || (typeof value === "string" && value !== ""))
        element?.setAttribute(name, String(value));
      else element?.removeAttribute(name);
    }
  }

  #open(api: PlaygroundApi): void {
    this.#api = api;
    const element = document.createElement(this.#tag);
    element.setAttribute("api-base", api.base);
    element.setAttribute("session-url", `${api.base}/credits-session`);
    this.#stage.replaceChildren(element);
  }

  #button(text: string, press: (api: PlaygroundApi) => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.append(text);
    button.addEventListener("click", () => this.#api && press(this.#api));
    return button;
  }
}
