import { createServer } from "node:http";
import { listen } from "./widget-listen.ts";

export interface HostPage {
  body: string;
  policy?: string;
  /** Answers `POST /session`, as the host's back end does. */
  session(): unknown;
}

/** A host page on an origin of its own. */
export async function startHostPage({ body, policy, session }: HostPage) {
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      void Promise.resolve(session()).then(
        (answer) =>
          response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer)),
        () => response.writeHead(500).end(),
      );
      return;
    }
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      ...(policy === undefined ? {} : { "content-security-policy": policy }),
    });
    response.end(`<!doctype html><html lang="en"><title>Host</title><body>${body}</body></html>`);
  });
  return listen(server);
}
