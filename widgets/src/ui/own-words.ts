import { mergeTexts } from "./merge-texts.ts";
import { ownWords, type PutWords, type Speaker, speakers, update } from "./speakers.ts";
import type { Localization, Translation } from "./translation.ts";

/** The page's own words, which are kept apart: they go before the kit's, whichever comes first. */
const own = new Map<string, Localization>();
/** The words that each element spoke by. */
const spoken = new WeakMap<Speaker, Speaker["localization"]>();

/** Adds the texts of a language that the kit does not bring, or other words for one that it does. */
export function registerTranslation(translation: Localization & Pick<Translation, "code">): void {
  const code = translation.code.toLowerCase();
  own.set(code, mergeTexts(own.get(code) ?? {}, translation));
  ownWords.put = putWords;
  update();
}

/** The texts with the page's words before ours, and before these those of the elements around, and the element's own. */
const putWords: PutWords = (texts, { speaker, tag, name }) => {
  const around = speakersAround(speaker);
  if (spoken.get(speaker) !== speaker.localization) {
    spoken.set(speaker, speaker.localization);
    // They are the words of the elements in it, too.
    for (const other of speakers)
      if (other !== speaker && speakersAround(other).includes(speaker)) other.requestUpdate();
  }
  const whole = tag.toLowerCase();
  const codes = [whole.replace(/-.*/, ""), whole];
  const words = [
    ...codes.map((code) => own.get(code) ?? {}),
    ...around.flatMap(({ localization = [] }) => localization),
  ];
  return (
    words
      // Words that name no language are for all.
      .filter(({ code = whole }) => codes.includes(code.toLowerCase()))
      .reduce((known, its) => mergeTexts(known, name ? its[name] : its), texts)
  );
};

/** The node around a node, also of a form with a field whose name is `parentNode`. */
function parentOf(node: Node): Node | null {
  const parent: unknown = Reflect.get(Node.prototype, "parentNode", node);
  return parent instanceof Node ? parent : null;
}

/** The elements of the kit that an element is in, also where they are in shadow roots, from without, and itself. */
function speakersAround(speaker: Speaker): Speaker[] {
  const known: ReadonlySet<Node> = speakers;
  const isSpeaker = (node: Node): node is Speaker => known.has(node);
  const around: Speaker[] = [];
  let at: Node | null = speaker;
  while (at) {
    if (isSpeaker(at)) around.unshift(at);
    at = at instanceof ShadowRoot ? at.host : parentOf(at);
  }
  return around;
}

export default putWords;
