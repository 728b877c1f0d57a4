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
import { handlers } from "./routes/index.ts";
import type { Deps } from "./services/call.ts";
import { createWidgetAnswers } from "./services/usage/widget.ts";

/** What the process gives the app: it opens these, and closes them after the server. */
export interface AppDeps extends Pick<Deps, "database" | "pools" | "live"> {
  readonly logger: Logger;
  readonly now?: () => number;
  readonly isStopping?: () => boolean;
  /** The widgets' bundles; without them `/cdn` is empty. */
  readonly cdn?: Cdn;
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
  const deps: Deps = { database, pools, live, mode, widgetAnswers, sessionTokens, now, isStopping, openApi };

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
  app.use("/widget", widgetCors(config.allowedOrigins));
  if (appDeps.cdn) app.use("/cdn", cdn(appDeps.cdn));
  app.use("/docs", docs());
  app.use(api);
  app.use(notFound);
  app.use(errorHandler({ publicUrl }));
  return app;
}
