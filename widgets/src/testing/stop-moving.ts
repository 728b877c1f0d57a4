/** Ends what moves: what is looked at then is how it stays. */
export function stopMoving(): void {
  for (const animation of document.getAnimations()) {
    void animation.finished.catch(() => undefined);
    animation.cancel();
  }
}
