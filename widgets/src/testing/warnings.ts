/* eslint-disable no-console -- what the kit says to developers is what these tests are about */

/** Collects what is said to the page's developer while `act` runs, in place of the console. */
export async function warningsOf(act: () => void | Promise<void>): Promise<string[]> {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text: unknown) => warnings.push(String(text));
  try {
    await act();
  } finally {
    console.warn = warn;
  }
  return warnings;
}
