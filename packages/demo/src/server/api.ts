import type { ServerClient } from "@credits-kit/client/server";
import { Router } from "express";
import { z } from "zod";
import { KINDS } from "../seed/catalogue.ts";
import { PERSONAS } from "../seed/customers.ts";
import type { Traffic } from "../traffic/traffic.ts";
import { jsonOnly } from "./browser-guard.ts";
import { drain } from "./drain.ts";
import { generate } from "./generate.ts";
import { loginCookie, signedIn } from "./login.ts";
import { createOffers } from "./offers.ts";
import { DemoProblem } from "./problems.ts";

interface ApiOptions {
  client: ServerClient;
  traffic: Traffic;
  publicUrl: string | undefined;
}

/** The page sends an id of its own with each press, so that pressing again after a lost answer burns once. */
const generateBody = z.strictObject({
  kind: z.enum(KINDS),
  id: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/)
    .optional(),
});
const drainBody = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/) });
const customerBody = z.strictObject({ id: z.string() });
const trafficBody = z.strictObject({ on: z.boolean() });

/** What the studio's page asks of its own back end. */
export function createApi({ client, traffic, publicUrl }: ApiOptions): Router {
  const router = Router();
  const offers = createOffers(client);

  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });

  router.get("/studio", async (request, response) => {
    const customers = PERSONAS.map(({ id, name, note }) => ({ id, name, note }));
    response.json({ customerId: signedIn(request).id, customers, ...(await offers()) });
  });

  // The widgets' `session-url`: the token is for whoever the cookie says, and for pages of this origin only.
  router.post("/credits-session", async (request, response) => {
    const { origin } = request.headers;
    const customerId = signedIn(request).id;
    const origins = origin === undefined ? undefined : [origin];
    const scopes = ["read", "top_up", "settings"] as const;
    response.json(await client.widgetSessions.create({ customerId, scopes: [...scopes], origins }));
  });

  router.get("/traffic", (_request, response) => {
    response.json(traffic.status());
  });

  router.use(jsonOnly);

  router.post("/generate", async (request, response) => {
    const { kind, id = crypto.randomUUID() } = generateBody.parse(request.body);
    response.json(await generate({ client, offers }, { kind, id, customerId: signedIn(request).id }));
  });

  router.post("/drain", async (request, response) => {
    const { id } = drainBody.parse(request.body);
    response.json(await drain({ client, offers }, { id, customerId: signedIn(request).id }));
  });

  router.post("/customer", (request, response) => {
    const { id } = customerBody.parse(request.body);
    const persona = PERSONAS.find((candidate) => candidate.id === id);
    if (!persona) throw new DemoProblem(404, "not_found", { detail: "Nobody of that name works here." });
    response.cookie(...loginCookie(persona, publicUrl));
    response.json({ customerId: persona.id });
  });

  router.post("/traffic", (request, response) => {
    if (trafficBody.parse(request.body).on) traffic.start();
    else traffic.stop();
    response.json(traffic.status());
  });

  return router;
}
