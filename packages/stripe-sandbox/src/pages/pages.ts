import { readFileSync } from "node:fs";
import express, { type Router } from "express";
import type { World } from "../world.ts";
import { showAuthentication, submitAuthentication } from "./authentication.ts";
import { browserIntents } from "./browser-intents.ts";
import { showCheckout, submitCheckout, type CheckoutPages } from "./checkout.ts";
import { invoicePages } from "./invoice.ts";
import { showReceipt } from "./receipt.ts";

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

/** The hosted pages, what they load, and the double of Stripe's script. */
export function createPages(world: World, idle: () => Promise<void>): Router {
  const router = express.Router();
  const pages: CheckoutPages = { world, delivered: () => atMost(10_000, idle()) };
  const assets: [string, string, string][] = [
    ["/_assets/sandbox.css", "text/css", asset("./assets/sandbox.css")],
    ["/_assets/sandbox.js", "text/javascript", asset("./assets/sandbox.js")],
    ["/stripe.js", "text/javascript", asset("../browser/stripe-double.js")],
  ];
  router.get("/favicon.ico", (_request, response) => void response.status(204).end());
  for (const [path, type, text] of assets) {
    router.get(path, (_request, response) => {
      response
        .set({ "Content-Type": `${type}; charset=utf-8`, "Cross-Origin-Resource-Policy": "cross-origin" })
        .send(text);
    });
  }
  router.use(["/c", "/3ds", "/i"], express.text({ type: "application/x-www-form-urlencoded" }));
  for (const place of ["pay", "embed"] as const) {
    router.get(`/c/${place}/:id`, (request, response) => showCheckout(pages, place, { request, response }));
    router.post(`/c/${place}/:id`, (request, response) =>
      submitCheckout(pages, place, { request, response }),
    );
  }
  router.get("/3ds/:id", (request, response) => showAuthentication(world, request, response));
  router.post("/3ds/:id", (request, response) => submitAuthentication(world, request, response));
  router.get("/receipts/:id/:token", (request, response) => showReceipt(world, request, response));
  router.use(invoicePages(pages));
  router.use(browserIntents(world));
  return router;
}

function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds).unref();
    void work.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
