import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import type { ServerClient } from "@credits-kit/client/server";
import { type Listening, listen } from "../support/widget-listen.ts";

/** Where documents and examples say that the API is. */
export const DOCUMENTED_API = "http://localhost:4000";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
};

export interface HostServer {
  /** Its pages. */
  readonly folder: string;
  /** The API, which is where the documented one is not. */
  readonly api: string;
  readonly client: ServerClient;
}

/** The server of an example app: it serves what was built, and says whose sessions a page may have. */
export async function startHostServer({ folder, api, client }: HostServer): Promise<Listening> {
  return listen(
    createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://host");
      const answer = async () => {
        if (request.method === "POST") {
          const customerId = url.searchParams.get("workspace") ?? "acme";
          const session = await client.widgetSessions.create({ customerId, scopes: ["read", "top_up"] });
          response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify(session));
          return;
        }
        const path = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
        const text = await readFile(join(folder, path), "utf8");
        const type = TYPES[extname(path)] ?? "application/octet-stream";
        response.writeHead(200, { "content-type": type }).end(text.replaceAll(DOCUMENTED_API, api));
      };
      answer().catch(() => response.writeHead(204).end());
    }),
  );
}
