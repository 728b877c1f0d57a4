import { isDrawn } from "./cycles.ts";
import { openInPageServer } from "./in-page-server.ts";
import { nextPaint, rest, until } from "./moments.ts";

export interface Many {
  /** Until the last of them was drawn. */
  ms: number;
  sessions: number;
  streams: number;
  /** How often each question was asked, by its address. */
  asked: Record<string, number>;
}

/** Puts so many elements on one page in one go, each kind by turns, and waits until all of them are drawn. */
export async function putMany(markups: readonly string[], count: number): Promise<Many> {
  const server = openInPageServer();
  const place = document.createElement("main");
  document.body.append(place);
  await rest();
  const startMs = performance.now();
  place.innerHTML = Array.from({ length: count }, (_, index) => markups[index % markups.length]).join("");
  await until("all of them", () => [...place.children].every(isDrawn), nextPaint);
  const ms = performance.now() - startMs;
  // Whoever asks twice does so by now.
  await rest();
  const asked: Record<string, number> = {};
  for (const { url } of server.requests) asked[url] = (asked[url] ?? 0) + 1;
  return { ms, sessions: server.sessionsMinted, streams: server.streamsOpened, asked };
}
