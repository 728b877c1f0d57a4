import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import express, { type Response, Router } from "express";

const PAGE_DIR = new URL("../page/", import.meta.url);

/** Serves the studio's pages and their assets; pages learn here where the credits server is, and the double of Stripe. */
export function createPage({
  serverUrl,
  sandboxUrl,
}: {
  serverUrl: string;
  sandboxUrl: string | null;
}): Router {
  const router = Router();
  // Stripe's own script comes with the first payment; the double's must be there before.
  const script = sandboxUrl && `<script src="${escapeHtml(sandboxUrl)}/stripe.js" defer></script>`;
  const send = async (file: string, response: Response) => {
    const template = await readFile(new URL(file, PAGE_DIR), "utf8");
    const html = template
      .replaceAll("{{serverUrl}}", escapeHtml(serverUrl.replace(/\/$/, "")))
      .replace("{{stripeScript}}", script ?? "");
    response.set("Cache-Control", "no-cache").type("html").send(html);
  };
  router.get(["/", "/index.html"], (_request, response) => send("index.html", response));
  router.get(["/billing", "/billing.html"], (_request, response) => send("billing.html", response));
  router.use(express.static(fileURLToPath(PAGE_DIR), { index: false, cacheControl: false }));
  return router;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
