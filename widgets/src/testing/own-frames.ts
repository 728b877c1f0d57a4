import { settle } from "./fake-clock.ts";

/**
 * Frames that come with the turns of the event loop, on real time: test pages run side by side, and the one that is behind
 * has none of its own. Gives what puts the page's own back.
 */
export function ownFrames(): () => void {
  const real = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (run) => {
    void settle().then(() => run(performance.now()));
    return 0;
  };
  return () => {
    globalThis.requestAnimationFrame = real;
  };
}
