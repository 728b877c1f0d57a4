import express, { type Express, Router } from "express";
import type { Logger } from "pino";
import { ApiKeys } from "./auth/api-keys.ts";
import { Authenticator } from "./auth/authenticator.ts";
import { SessionTokens } from "./auth/session-tokens.ts";
import type { Config } from "./config.ts";
import { cdn, type Cdn } from "./http/cdn.ts";
import { widgetCors } from "./http/cors.ts";
import { docs } from "./http/docs.ts";
import { errorHandler, notFound } from "./http/error-handler.ts";
import { strictFraming } from "./http/framing.ts";
import { mountRoutes } from "./http/mount-routes.ts";
import { openApiText } from "./http/open-api-text.ts";
import { requestContext } from "./http/request-context.ts";
import { noStore, securityHeaders } from "./http/security-headers.ts";
import { createGateway } from "./payments/stripe/create-gateway.ts";
import { handlers } from "./routes/index.ts";
import { stripeCardPage, stripeConfirm, stripeConfirmPage } from "./routes/stripe/confirm-page.ts";
import { stripeReturnPage } from "./routes/stripe/return-page.ts";
import { stripeWebhook } from "./routes/stripe/webhook.ts";
import type { Deps } from "./services/call.ts";
import { createWidgetAnswers } from "./services/usage/widget.ts";

/** What the process gives the app: it opens these, and closes them after the server. */
export interface AppDeps extends Pick<Deps, "database" | "pools" | "live"> {
  readonly logger: Logger;
  readonly now?: () => number;
  readonly isStopping?: () => boolean;
  /** The widgets' bundles; without them `/cdn` is empty. */
  readonly cdn?: Cdn;
  /** The way to Stripe, where it is shared; otherwise made as the configuration says. */
  readonly payments?: Deps["payments"];
  readonly stripeEventsChanged?: () => void;
  readonly autoTopUpsChanged?: (customerId: string) => void;
}

/** Composes the BFF. It serves as soon as it is given to a server; see `createHttpServer`. */
export function createApp(config: Config, appDeps: AppDeps): Express {
  const { database, pools, live, logger, now = Date.now, isStopping = () => false } = appDeps;
  const { publicUrl } = config;
  const sessionTokens = new SessionTokens({
    database,
    signingKey: config.sessionSigningKey,
    issuer: publicUrl,
    now,
  });
  const authenticator = new Authenticator(new ApiKeys(database, now), sessionTokens);
  const openApi = openApiText(publicUrl);
  const widgetAnswers = createWidgetAnswers(live);
  const { mode } = config;
  const { payments = config.stripe && createGateway({ stripe: config.stripe, now }) } = appDeps;
  const { stripeEventsChanged = () => undefined, autoTopUpsChanged = () => undefined } = appDeps;
  const deps: Deps = {
    database,
    pools,
    live,
    payments,
    stripeEventsChanged,
    autoTopUpsChanged: (customerId) => {
      // Balances say whether an auto top-up is on.
      live.poolsChanged([customerId]);
      autoTopUpsChanged(customerId);
    },
    standingChanged: (customerId) => live.poolsChanged([customerId]),
    onAlarm: alarmTo(logger),
    selling: config,
    mode,
    widgetAnswers,
    sessionTokens,
    now,
    isStopping,
    openApi,
  };

  const api = Router({ caseSensitive: true, strict: true });
  mountRoutes(api, Object.values(handlers), { deps, authenticator });

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  app.set("trust proxy", config.trustProxy);
  app.use(requestContext(logger));
  app.use(securityHeaders({ https: publicUrl.startsWith("https:") }));
  app.use(noStore);
  app.use(strictFraming);
  // Before whatever asks for origins and credentials: Stripe has neither.
  app.post("/stripe/webhook", ...stripeWebhook(deps));
  app.get("/stripe/return", stripeReturnPage(deps));
  app.get("/stripe/confirm", stripeConfirmPage(deps));
  app.get("/stripe/confirm/bank", stripeConfirm(deps));
  app.get("/stripe/card", stripeCardPage());
  app.use("/widget", widgetCors(config.allowedOrigins));
  if (appDeps.cdn) app.use("/cdn", cdn(appDeps.cdn));
  app.use("/docs", docs());
  app.use(api);
  app.use(notFound);
  app.use(errorHandler({ publicUrl }));
  return app;
}

/** Tells whoever runs the product that something about money needs a person. */
export function alarmTo(logger: Logger): Deps["onAlarm"] {
  return (alarm) => logger.error({ alarm }, "money needs a person");
}
