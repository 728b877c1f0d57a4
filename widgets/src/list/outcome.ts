import type { FeedState } from "../feed/feed-state.ts";
import type { ListPage, ListView } from "./list-view.ts";

/** What became of what a person chose, in words; nothing as long as it is not known. */
export function outcomeOf(
  state: FeedState<ListPage>,
  { texts, count, data, page, isWaiting }: ListView,
): string | undefined {
  if (state.type === "error" && !state.retrying) return texts.error;
  if (!data || isWaiting) return undefined;
  const shown = texts.shown(count(data.data.length));
  return (data.prevCursor ?? data.nextCursor) ? `${shown}. ${texts.page(count(page))}` : shown;
}
