import type { ExportKind, ExportRow } from "@credits-kit/contract";
import { CreditsApiError, parseJson } from "../api-error.ts";

/** The rows of an export as they arrive. Take them with `for await`, once; breaking out ends the export. */
export class ExportRows<Kind extends ExportKind> implements AsyncIterable<ExportRow<Kind>> {
  readonly #response: Response;
  #cursor: string | null = null;

  constructor(response: Response) {
    this.#response = response;
  }

  /** Where the next export goes on (`since`). Null until every row was taken: what breaks off has no cursor. */
  get cursor(): string | null {
    return this.#cursor;
  }

  /** @throws CreditsApiError `network_failed` when the export breaks off; start again from the last cursor */
  async *[Symbol.asyncIterator](): AsyncGenerator<ExportRow<Kind>, void> {
    for await (const line of linesOf(this.#response)) {
      const row = parseJson(line);
      if (isEnd(row)) {
        this.#cursor = row._cursor;
        return;
      }
      if (!isRow<Kind>(row)) break;
      yield row;
    }
    throw brokenOff();
  }
}

/** The lines of a body. @throws CreditsApiError `network_failed` */
async function* linesOf({ body }: Response): AsyncGenerator<string, void> {
  if (!body) return;
  const text = body.pipeThrough(new TextDecoderStream());
  let rest = "";
  try {
    for await (const chunk of text) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    if (isAbort(error)) throw error;
    throw brokenOff(error);
  }
}

function brokenOff(cause?: unknown): CreditsApiError {
  const detail = "The export broke off: start again from the last cursor.";
  return new CreditsApiError({ code: "network_failed", status: 0, detail }, { cause });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function isEnd(value: unknown): value is { _cursor: string } {
  return (
    typeof value === "object" && value !== null && "_cursor" in value && typeof value._cursor === "string"
  );
}

/** A row's columns are the contract's promise. */
function isRow<Kind extends ExportKind>(value: unknown): value is ExportRow<Kind> {
  return typeof value === "object" && value !== null;
}
