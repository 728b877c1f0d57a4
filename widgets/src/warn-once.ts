const said = new Set<string>();

/** Tells the developer of the host page something, once per page: elements never throw for what a page got wrong. */
export function warnOnce(topic: string, message: string): void {
  if (said.has(topic)) return;
  said.add(topic);
  // eslint-disable-next-line no-console -- the one place that speaks to the developer of the host page
  console.warn(`credits-kit: ${message}`);
}
