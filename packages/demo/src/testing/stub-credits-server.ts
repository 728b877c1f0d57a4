import { createServer } from "node:http";
import { text } from "node:stream/consumers";

export interface StubCall {
  route: string;
  key: string | undefined;
  body: unknown;
}

/** What the stub answers to `METHOD /path`; a missing one is a 404 problem. */
export type StubRoutes = Record<string, (body: unknown) => [status: number, answer: unknown]>;

/** The credits server as far as a test needs it: plain HTTP, canned answers, every call kept. */
export async function startStubCreditsServer(routes: StubRoutes) {
  const calls: StubCall[] = [];
  const server = createServer((request, response) => {
    void text(request).then((content) => {
      const body: unknown = content === "" ? undefined : JSON.parse(content);
      const route = `${request.method} ${request.url?.split("?")[0]}`;
      calls.push({ route, key: request.headers["idempotency-key"]?.toString(), body });
      const [status, answer] = routes[route]?.(body) ?? problem(404, "not_found");
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    }),
  );
  return {
    calls,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function problem(status: number, code: string): [number, unknown] {
  return [
    status,
    { type: "about:blank", title: code, status, code, detail: `It is ${code}.`, requestId: "req_1" },
  ];
}
