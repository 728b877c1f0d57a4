/** Reads a CSV as RFC 4180 has it: records of fields, null where there is nothing between two commas. @throws Error */
export function readCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const { value, next } = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
    record.push(value);
    const end = text.slice(next, next + 2);
    if (end.startsWith(",")) {
      at = next + 1;
      continue;
    }
    if (end !== "\r\n") throw new Error(`a field ends with ${JSON.stringify(end)}`);
    records.push(record);
    record = [];
    at = next + 2;
  }
  return records;
}

function readQuoted(text: string, from: number): { value: string; next: number } {
  let value = "";
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new Error("a quote is not closed");
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, next: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function readPlain(text: string, from: number): { value: string | null; next: number } {
  const rest = /^[^",\r\n]*/.exec(text.slice(from, from + 10_000))?.[0] ?? "";
  return { value: rest === "" ? null : rest, next: from + rest.length };
}
