/**
 * Once what stands on the page now has been seen: the frame after the next begins when the next has been painted. On a
 * hidden page it waits until somebody looks.
 */
export async function afterPaint(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}
