import type { PropertyDeclarations } from "lit";
import { CreditsElement } from "../ui/credits-element.ts";
import type { FetchSession } from "./session-config.ts";

/** The session options as properties: every element has them, and `<credits-session>` for those inside it. */
export class SessionElement extends CreditsElement {
  static override properties: PropertyDeclarations = {
    sessionUrl: { attribute: "session-url" },
    apiBase: { attribute: "api-base" },
    customer: {},
    fetchSession: { attribute: false },
    // Never an attribute: tokens do not belong into markup.
    sessionToken: { attribute: false },
  };

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
}
