import express, { type Router } from "express";
import { z } from "zod";
import { problemAnswer } from "../http/answers.ts";
import { plain } from "../http/plain.ts";
import type { SandboxControl } from "./control.ts";
import { commands } from "./commands.ts";

const byName = new Map(Object.entries(commands));
const bodyShape = z.record(z.string(), z.unknown());

/**
 * The control API over HTTP: `POST /_sandbox/<command>` with its arguments as JSON, `GET /_sandbox/<list>`. Pages of
 * other origins are turned away.
 */
export function controlRouter(control: SandboxControl): Router {
  const router = express.Router();
  router.use("/_sandbox", (request, response, next) => {
    const host = request.get("Host") ?? "";
    const origin = request.get("Origin");
    // A name that leads here but is not this machine's belongs to a page that wants to reach it through a browser.
    const local = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
    if (local && (origin === undefined || origin === `http://${host}`)) next();
    else
      response
        .status(403)
        .json({ error: { message: "The sandbox's control API answers its own pages and programs only." } });
  });
  router.get("/_sandbox/:list", (request, response) => {
    const { requests, deliveries, events, objects } = control;
    const lists = new Map<string, unknown>(Object.entries({ requests, deliveries, events, objects }));
    const list = lists.get(request.params.list);
    if (list === undefined) response.status(404).json({ error: { message: "No such list." } });
    else response.json(plain(list));
  });
  router.post("/_sandbox/:command", express.json({ limit: "1mb" }), async (request, response) => {
    const run = byName.get(request.params.command);
    if (run === undefined) {
      response
        .status(404)
        .json({ error: { message: `No such command. There are: ${Object.keys(commands).join(", ")}.` } });
      return;
    }
    try {
      const result = await run(control, bodyShape.parse(request.body ?? {}));
      response.json({ result: plain(result) ?? null });
    } catch (error) {
      if (error instanceof z.ZodError)
        response.status(400).json({ error: { message: z.prettifyError(error) } });
      else {
        const { status, body } = problemAnswer(error);
        response.status(status).json(body);
      }
    }
  });
  return router;
}
