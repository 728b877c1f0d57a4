import { createServer, type RequestListener, type Server } from "node:http";

const SECOND_MS = 1000;

/**
 * A server that a slow sender cannot hold: headers within 10 s, the whole request within 15 s. Answers may take as
 * long as they like, so that streams stay open. Not listening yet.
 */
export function createHttpServer(app: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: 10 * SECOND_MS,
      requestTimeout: 15 * SECOND_MS,
      keepAliveTimeout: 10 * SECOND_MS,
      connectionsCheckingInterval: 2 * SECOND_MS,
      // Two `Content-Length`s and other ways to smuggle a request are refused by the parser.
      insecureHTTPParser: false,
      maxHeaderSize: 16_384,
    },
    app,
  );
  server.maxConnections = 10_000;
  return server;
}
