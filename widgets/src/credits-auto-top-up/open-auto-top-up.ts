import { openInside, type Opener } from "../paying/open-inside.ts";
import type { AutoTopUpPoolDetail } from "./credits-auto-top-up.events.ts";
import type { CreditsAutoTopUp } from "./credits-auto-top-up.ts";
import "./define.ts";

/** Opens the auto top-up of a pool in a dialog of the element, with its session, its language and its looks. */
export function openAutoTopUp(
  opener: Opener,
  { creditTypeId, resourceId }: AutoTopUpPoolDetail,
): CreditsAutoTopUp {
  const element = document.createElement("credits-auto-top-up");
  openInside(opener, element, { creditType: creditTypeId, resource: resourceId ?? undefined });
  return element;
}
