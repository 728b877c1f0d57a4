import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";

/** The system's limit for the path of a socket, with room to spare. */
const MAX_SOCKET_PATH = 100;

/** What a running process can be asked for by other commands on the same data directory, with what they say besides. */
export type ControlHandlers = Readonly<Record<string, (argument: string) => Promise<unknown>>>;

/** The process that holds the directory could not be asked. */
export class NoAnswerError extends Error {
  constructor(dataDir: string, cause: unknown) {
    super(`the process that has ${dataDir} does not answer: it is starting or stopping, so try again`, {
      cause,
    });
    this.name = "NoAnswerError";
  }
}

/** Where the process that holds a data directory listens. */
export function socketPathOf(dataDir: string): string {
  const path = resolve(dataDir, "control.sock");
  if (path.length <= MAX_SOCKET_PATH) return path;
  const digest = createHash("sha256").update(path).digest("hex").slice(0, 24);
  return join(tmpdir(), `credits-kit-${digest}.sock`);
}

/** Answers commands of this machine's same user: a word and what it is about in, one JSON document out. */
export async function serveControlSocket(
  dataDir: string,
  handlers: ControlHandlers,
): Promise<() => Promise<void>> {
  const path = socketPathOf(dataDir);
  // A killed process leaves its socket behind; the lock tells that nobody listens on it.
  await rm(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    void text(socket).then(
      async (command) => {
        const answer = await answerTo(handlers, command.trim());
        socket.end(JSON.stringify(answer));
      },
      () => socket.destroy(),
    );
  });
  server.listen(path);
  await once(server, "listening");
  await chmod(path, 0o600);
  return async () => {
    server.close();
    await rm(path, { force: true });
  };
}

async function answerTo(
  handlers: ControlHandlers,
  command: string,
): Promise<{ result: unknown } | { error: string }> {
  const [name = "", ...rest] = command.split(" ");
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handler) return { error: `unknown command ${name}` };
  try {
    return { result: await handler(rest.join(" ")) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : "failed" };
  }
}

/**
 * Asks the process that holds the data directory.
 * @throws NoAnswerError when it does not listen, or ends before it has answered
 */
export async function askRunningProcess(dataDir: string, command: string): Promise<unknown> {
  const answer = await exchange(dataDir, command);
  if (typeof answer === "object" && answer !== null && "result" in answer) return answer.result;
  const reason =
    typeof answer === "object" && answer !== null && "error" in answer ? String(answer.error) : "no answer";
  throw new Error(`the running process could not do it: ${reason}`);
}

async function exchange(dataDir: string, command: string): Promise<unknown> {
  const socket = connect({ path: socketPathOf(dataDir), allowHalfOpen: true });
  try {
    await once(socket, "connect");
    socket.end(command);
    return JSON.parse(await text(socket));
  } catch (error) {
    throw new NoAnswerError(dataDir, error);
  }
}
