/** These texts with some of them in other words, which may be as deep in them as any. */
export function mergeTexts<Texts extends object>(texts: Texts, words: object = {}): Texts {
  const merged = { ...texts };
  const changes: [string, unknown][] = Object.entries(words);
  for (const [name, change] of changes) {
    if (change == null) continue;
    const known: unknown = Reflect.get(merged, name);
    // What is a text by itself has nothing to be merged into.
    Reflect.set(merged, name, typeof change === "object" ? mergeTexts(Object(known), change) : change);
  }
  return merged;
}
