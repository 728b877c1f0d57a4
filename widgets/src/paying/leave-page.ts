/** The ways out of this page to Stripe's; an object, so that tests can stand in their way. */
export const exits = {
  /** This tab goes there. */
  go: (url: string): void => location.assign(webAddress(url)),

  /** Opens an empty tab, which has to happen within the click, or blockers forbid it. Nothing if they do anyway. */
  openTab(): Window | null {
    const tab = window.open("about:blank", "_blank");
    // As `noopener` would: the payment page gets no hold of this one.
    if (tab) tab.opener = null;
    return tab;
  },
};

/** The address if it is one of the web, for links; nothing for anything else, such as a script. */
export function linkAddress(url: string | null | undefined): string | undefined {
  try {
    return url ? webAddress(url) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws TypeError for anything but an address of the web, such as a script. */
export function webAddress(url: string): string {
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") throw new TypeError("not an address of the web");
  return href;
}
