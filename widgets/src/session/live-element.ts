import type { PropertyDeclarations } from "lit";
import { CreditsElement } from "../ui/credits-element.ts";
import type { HubState } from "./hub.ts";
import { HubController } from "./hub-controller.ts";
import type { FetchSession } from "./session-config.ts";

/** The session options as reactive properties; `<credits-session>` has the same. */
export const sessionProperties: PropertyDeclarations = {
  sessionUrl: { attribute: "session-url" },
  apiBase: { attribute: "api-base" },
  customer: {},
  fetchSession: { attribute: false },
  // Never an attribute: tokens do not belong into markup.
  sessionToken: { attribute: false },
};

/** An element that shows live credits, alone or inside `<credits-session>`. */
export abstract class LiveElement extends CreditsElement {
  static override properties: PropertyDeclarations = sessionProperties;

  /** Where to POST, with the page's own cookies, for a session. */
  declare sessionUrl: string | undefined;
  /** The credits API; by default the origin of the script from the CDN, else the page's own. */
  declare apiBase: string | undefined;
  /** The customer the page means to show; a switch is then seen at once, and other customers' sessions are refused. */
  declare customer: string | undefined;
  /** Asks the page's back end for a session, each time one is needed. */
  declare fetchSession: FetchSession | undefined;
  /** One session token, for demos: it cannot be renewed. */
  declare sessionToken: string | undefined;

  protected readonly hub = new HubController(this);

  /** Called in and between updates, whenever the session, the stream or a pool changed. */
  abstract hubChanged(state: HubState): void;
}
