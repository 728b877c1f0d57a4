import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createEventReader } from "./server-sent-events.ts";

function readAll(chunks: readonly string[]): string[] {
  const read: string[] = [];
  const feed = createEventReader({
    event: (name, data) => read.push(`${name}=${data}`),
    comment: () => read.push("#"),
  });
  for (const chunk of chunks) feed(chunk);
  return read;
}

test("reads events, comments and data of several lines", () => {
  const stream =
    ': hello\n\nevent: pool\nid: a:7\ndata: {"a":1}\n\nevent:resync\ndata:\n\ndata: one\ndata:  two\n\n';
  assert.deepEqual(readAll([stream]), ["#", 'pool={"a":1}', "resync=", "=one\n two"]);
});

test("leaves out what it has no use for: unknown fields, events without data, an event that is not over", () => {
  assert.deepEqual(readAll(["retry: 5\nevent: a\n\nnonsense\ndata: x\n\ndata: y\n"]), ["=x"]);
});

test("reads the same however the stream is cut, with any kind of line break", () => {
  const lines = ["event: pool", 'data: {"text": "ä : b"}', "", ": beat", "", "data: 1", "data: 2", "", ""];
  const expected = ['pool={"text": "ä : b"}', "#", "=1\n2"];
  fc.assert(
    fc.property(
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.integer({ min: 1, max: 80 })),
      (lineBreak, cuts) => {
        // The last carriage return may be half of a line break, so that the event is complete with what follows.
        const stream = `${lines.join(lineBreak)}: end`;
        const places = [0, ...new Set(cuts.sort((left, right) => left - right)), stream.length];
        const chunks = places.slice(1).map((place, index) => stream.slice(places[index], place));
        assert.deepEqual(readAll(chunks), expected);
      },
    ),
  );
});

test("refuses a line that never ends", () => {
  const feed = createEventReader({ event: () => undefined, comment: () => undefined });
  assert.throws(() => {
    for (let chunk = 0; chunk < 5; chunk += 1) feed("x".repeat(1024 * 1024));
  }, RangeError);
});
