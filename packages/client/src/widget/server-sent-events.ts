export interface EventHandlers {
  /** An event is complete. */
  event(name: string, data: string): void;
  /** A comment came: the server is there, and has nothing to say. */
  comment(): void;
}

/** More than any event of ours has; a server that never ends a line must not fill the page's memory. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * Reads a text/event-stream as the HTML standard has it, in chunks cut anywhere; returns what takes the next chunk.
 * `id` and `retry` are left out: our streams begin with a snapshot and say themselves when to come back. The package
 * for this weighs a tenth of what a widget may, which is why these lines are here.
 */
export function createEventReader({ event, comment }: EventHandlers): (chunk: string) => void {
  let rest = "";
  let name = "";
  let data: string[] = [];

  const readLine = (line: string) => {
    if (!line) {
      if (data.length > 0) event(name, data.join("\n"));
      name = "";
      data = [];
      return;
    }
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "") comment();
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  };

  return (chunk) => {
    // A carriage return at the very end may be half of a line break: it waits for the next chunk.
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    lines.forEach(readLine);
    if (rest.length > MAX_CHARACTERS) throw new RangeError("A line of the stream is too long.");
  };
}
