import type { Response } from "express";
import { html, type Html } from "./html.ts";

/** A page to send. */
export interface Page {
  title: string;
  body: Html;
  status?: number;
  /** Whether other pages may show it in a frame. */
  framed?: boolean;
  /** What the page's script reads: attributes of the `main` element. */
  data?: Html;
}

/** Sends a page under a strict content security policy; nothing of it is kept by caches. */
export function sendPage(
  response: Response,
  { title, body, status = 200, framed = false, data }: Page,
): void {
  const ancestors = framed ? "*" : "'none'";
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/_assets/sandbox.css">
<script src="/_assets/sandbox.js" defer></script>
</head>
<body${framed ? html` class="framed"` : ""}>
<main${data ?? ""}>
<p class="badge">Sandbox <span>no real money</span></p>
${body}
</main>
</body>
</html>
`;
  response
    .status(status)
    .set({
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors ${ancestors}`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    })
    .send(document.text);
}

/** Says that something is over, and where to go on. */
export function notice(title: string, text: string, link?: { href: string; label: string }): Html {
  return html`<section class="card notice">
    <h1>${title}</h1>
    <p>${text}</p>
    ${link ? html`<p><a class="button" href="${link.href}" target="_top">${link.label}</a></p>` : ""}
  </section>`;
}
