import type { PortalHost } from "./portal-host.ts";

/** After the next drawing: puts the keyboard on what is next, if what has it now is gone then. */
export async function keepFocus(
  { renderRoot, updateComplete }: Pick<PortalHost, "renderRoot" | "updateComplete">,
  next: () => HTMLElement | null | undefined,
): Promise<void> {
  const had = renderRoot instanceof ShadowRoot ? renderRoot.activeElement : null;
  await updateComplete;
  if (had?.isConnected === false) next()?.focus();
}
