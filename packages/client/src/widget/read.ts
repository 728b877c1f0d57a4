import { readJson } from "./api-error.ts";
import { send, type WidgetClientOptions } from "./send.ts";

export interface ReadRequest {
  path: string;
  /** What is empty or left out is not sent. */
  query?: object | undefined;
  signal?: AbortSignal | undefined;
}

/** Reads an answer of the widget API, for pages that count bytes; faults as of `send`. */
export function read<Answer>(
  options: WidgetClientOptions,
  { path, query, signal }: ReadRequest,
): Promise<Answer> {
  return send(options, {
    path: pathOf(path, query),
    type: "application/json",
    signal,
    read: readJson<Answer>,
  });
}

/** A path with its query; what is empty or left out is not sent. */
export function pathOf(path: string, query: object = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, String(value));
  return path + (search.size > 0 ? `?${search}` : "");
}
