/** The sandbox's own time: that of the machine (or of a test), moved forward by the control API. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Whole seconds since 1970, the unit of every time in Stripe's API. */
  seconds(): number;
  /** Moves the clock forward; negative values move it back. */
  advance(milliseconds: number): void;
}

/** A clock on top of `now` (milliseconds). */
export function createClock(now: () => number): Clock {
  let offset = 0;
  return {
    now: () => now() + offset,
    seconds: () => Math.floor((now() + offset) / 1000),
    advance(milliseconds) {
      offset += milliseconds;
    },
  };
}
