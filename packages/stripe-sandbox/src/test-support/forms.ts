import assert from "node:assert/strict";

/** A page as a person without scripts has it. */
export interface Visit {
  status: number;
  /** The address after all redirects of the sandbox. */
  url: string;
  text: string;
  /** Where the sandbox leads to outside of itself, when it does. */
  away: string | undefined;
}

/** Opens a page, following redirects within the sandbox only. */
export async function visit(url: string, form?: Record<string, string>): Promise<Visit> {
  const init: RequestInit = form ? { method: "POST", body: new URLSearchParams(form) } : {};
  const response = await fetch(url, { ...init, redirect: "manual" });
  const location = response.headers.get("location");
  if (location !== null) {
    const target = new URL(location, url);
    if (target.origin === new URL(url).origin) return visit(target.href);
    return { status: response.status, url, text: "", away: target.href };
  }
  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/);
  return { status: response.status, url, text: await response.text(), away: undefined };
}

/** Sends the page's form with these fields. */
export async function submit({ url, text }: Visit, fields: Record<string, string>): Promise<Visit> {
  const action = /<form [^>]*action="([^"]*)"/.exec(text)?.[1];
  assert.ok(action !== undefined, "the page has a form");
  return visit(new URL(action.replaceAll("&amp;", "&") || url, url).href, fields);
}

/** A card as it is typed. */
export const card = (number: string): Record<string, string> => ({
  email: "ann@example.com",
  number,
  expiry: "12 / 34",
  cvc: "123",
  action: "pay",
});
