import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

/** An answer that is written page by page. */
export interface PagedAnswer<Page> {
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string>>;
  readonly pages: AsyncGenerator<Page>;
  /** What comes before the pages. */
  head(): string;
  write(page: Page): string;
  /** What comes behind all of them. */
  end(): string;
}

/**
 * Sends pages as fast as the reader takes them, the next one read only once the last one went out. What fails before the
 * first page is thrown with nothing sent; what fails later cuts the answer.
 */
export async function sendPages<Page>(answer: PagedAnswer<Page>): Promise<void> {
  const { response, headers, pages } = answer;
  const first = await pages.next();
  // Whoever left meanwhile is not written to.
  if (response.destroyed) return void (await pages.return(undefined));
  response.writeHead(200, { "X-Accel-Buffering": "no", ...headers });
  let failure: { readonly error: unknown } | null = null;
  const text = async function* (): AsyncGenerator<string> {
    try {
      yield answer.head();
      for (let page = first; page.done !== true; page = await pages.next()) {
        const written = answer.write(page.value);
        if (written !== "") yield written;
      }
    } catch (error) {
      failure = { error };
      throw error;
    } finally {
      await pages.return(undefined);
    }
    yield answer.end();
  };
  await pipeline(text, response).catch((error: unknown) => {
    // A reader who leaves ends the work; that is no fault of ours.
    if (failure !== null) throw error;
  });
}

/** A moment as file names carry it: `20260301T120000Z`. */
export function stampOf(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}
