import { type PortalTab, TABS } from "./credits-utilization-portal.types.ts";

/** The tabs that are not switched off. */
export function shownTabs(isHidden: (tab: PortalTab) => boolean): PortalTab[] {
  return TABS.filter((tab) => !isHidden(tab));
}

/** The tab that is open: the wanted one if it is there, else the first. */
export function openTab(wanted: string | undefined, shown: readonly PortalTab[]): PortalTab | undefined {
  return shown.find((tab) => tab === wanted) ?? shown[0];
}

/** Where a key leads from a tab, as the ARIA pattern has it: round and round, against the letters' way where they run left. */
export function nextTab(
  key: string,
  { from, shown, isRtl }: { from: PortalTab; shown: readonly PortalTab[]; isRtl: boolean },
): PortalTab | undefined {
  if (key === "Home") return shown[0];
  if (key === "End") return shown.at(-1);
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const step = (key === "ArrowRight") === isRtl ? -1 : 1;
  return shown[(shown.indexOf(from) + step + shown.length) % shown.length];
}
