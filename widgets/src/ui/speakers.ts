import type { ReactiveControllerHost } from "lit";
import type { ElementTexts, Localization } from "./translation.ts";

/** An element that speaks. */
export type Speaker = ReactiveControllerHost &
  HTMLElement & { localization: Localization | readonly Localization[] | undefined };

/** Elements that are on a page. */
export const speakers = new Set<Speaker>();

/** Has all of them say anew what they say. */
export const update = (): void => speakers.forEach((speaker) => speaker.requestUpdate());

/**
 * What puts a page's own words before ours: those of all that elements say, or of what one element says besides, in the
 * language that a tag names.
 */
export type PutWords = <Texts extends object>(
  texts: Texts,
  to: { speaker: Speaker; tag: string; name: ElementTexts | undefined },
) => Texts;

/** It is in a file that comes where there are such words: nothing while there are none, or it is on its way. */
export const ownWords: { put?: PutWords | undefined } = {};
