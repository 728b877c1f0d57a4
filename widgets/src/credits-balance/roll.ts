const ROLL: KeyframeAnimationOptions = { duration: 320, easing: "cubic-bezier(0.2, 0, 0, 1)" };

/**
 * Lets a figure roll in from above when it fell and from below when it rose. Only the eye gets it: the text is the final
 * one from the start. In a stream of changes a roll that is not over yet simply ends: the eye wants the newest figure.
 */
export function roll(figure: Element, fell: boolean): void {
  const [running] = figure.getAnimations();
  running?.cancel();
  if (running || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  figure.animate([{ transform: `translateY(${fell ? -60 : 60}%)`, opacity: 0 }, {}], ROLL);
}
