import type { SessionOptions } from "../../session/session-config.ts";
import { FakeServer } from "../fake-server.ts";

const servers = new Map<string, FakeServer>();

/** A server at an address that no other scene knows, and the session options that lead an element there. */
export function serve(): { server: FakeServer; session: Pick<SessionOptions, "apiBase" | "fetchSession"> } {
  if (servers.size === 0) standInForNetwork();
  const server = new FakeServer();
  const apiBase = `https://scene-${servers.size}.example`;
  servers.set(apiBase, server);
  return { server, session: { apiBase, fetchSession: async () => server.mintSession() } };
}

/** What goes elsewhere, such as the files of languages, is none of our business. */
function standInForNetwork(): void {
  const network = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const { origin } = new URL(input instanceof Request ? input.url : input, location.href);
    return (servers.get(origin)?.fetch ?? network)(input, init);
  };
}
