import type { Opener } from "../paying/open-inside.ts";
import type { PortalTab } from "./credits-utilization-portal.types.ts";

/** The element, as what draws it sees it: its public properties. */
export interface PortalHost extends Opener {
  creditType: string | undefined;
  resource: string | undefined;
  tab: PortalTab | undefined;
  hide: string | undefined;
  linkTabs: string | null | undefined;
  timeZone: string | undefined;
  fractionDigits: number | null | undefined;
  hideUnit: boolean;
  topUp: "off" | undefined;
  dimensions: string | undefined;
}
