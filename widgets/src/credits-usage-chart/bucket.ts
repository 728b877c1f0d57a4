/** One bar's time. */
export interface Bucket {
  startMs: number;
  endMs: number;
}
