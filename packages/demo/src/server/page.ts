import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import express, { Router } from "express";

const PAGE_DIR = new URL("../page/", import.meta.url);

/** Serves the studio's page and its assets; the page learns here where the credits server is, and the double of Stripe. */
export function createPage({
  serverUrl,
  sandboxUrl,
}: {
  serverUrl: string;
  sandboxUrl: string | null;
}): Router {
  const router = Router();
  router.get(["/", "/index.html"], async (_request, response) => {
    const template = await readFile(new URL("index.html", PAGE_DIR), "utf8");
    // Stripe's own script comes with the first payment; the double's must be there before.
    const script = sandboxUrl && `<script src="${escapeHtml(sandboxUrl)}/stripe.js" defer></script>`;
    const html = template
      .replaceAll("{{serverUrl}}", escapeHtml(serverUrl.replace(/\/$/, "")))
      .replace("{{stripeScript}}", script ?? "");
    response.set("Cache-Control", "no-cache").type("html").send(html);
  });
  router.use(express.static(fileURLToPath(PAGE_DIR), { index: false, cacheControl: false }));
  return router;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
