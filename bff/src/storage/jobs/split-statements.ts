/** What a semicolon does not end a statement in: texts, names, bodies of functions, comments. */
const WHOLE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[A-Za-z_]*\$)[^]*?\1|--[^\n]*|;/gu;

/** Statements that were sent as one text, one by one. */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let from = 0;
  for (const { 0: match, index } of text.matchAll(WHOLE)) {
    if (match !== ";") continue;
    statements.push(text.slice(from, index));
    from = index + 1;
  }
  statements.push(text.slice(from));
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== "");
}
