import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import ts from "typescript";

const SOURCES = join(import.meta.dirname, "../../widgets/src");
const NOT_SHOWN = /\.(test|stories)\.ts$|^testing\/|^locales\/|\.styles\.ts$|icons\.ts$/;

/** What stands in the sources with a capital or between spaces, and is no text that a language would have words for. */
const NO_TEXT: Record<string, string> = {
  "American Express": "a name",
  "Diners Club": "a name",
  JCB: "a name",
  PDF: "the name of a format, which is the same in all languages",
  UTC: "a time zone, for Intl",
  POST: "a method of HTTP",
  Infinity: "what a number is called by JavaScript",
  T: "between a date and a time in ISO 8601",
  L: "a command of a path in SVG",
  "Enter Escape Home End ArrowLeft ArrowRight": "keys of the keyboard",
  "content waiting": "classes",
  ".probes i": "a selector",
};
const ALLOWED = new Set(
  Object.keys(NO_TEXT).flatMap((text) => (/Enter/.test(text) ? text.split(" ") : [text])),
);

/** Attributes that are read to people, or shown. */
const SPOKEN =
  /\b(aria-label|aria-description|aria-valuetext|aria-roledescription|title|placeholder|alt|label)="([^"]*)"/g;
const GAP = "\u0000";

test("no text is written in an element: all are in the files of languages", () => {
  const found: string[] = [];
  for (const path of globSync("**/*.ts", { cwd: SOURCES }).filter((name) => !NOT_SHOWN.test(name))) {
    const text = readFileSync(join(SOURCES, path), "utf8");
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const note = (words: string) => found.push(`${relative(".", path)}: ${words}`);
    visit(file, note);
  }
  assert.deepEqual(found, []);
});

test("what is looked for is found: text nodes, attributes, and words given to others", () => {
  const found: string[] = [];
  const source = [
    'html`<p title="Close it" class="main">Top up <b>${now}</b></p>`;',
    "button.textContent = 'Retry';",
    "link(url, 'the receipt');",
    "html`<p aria-label=${texts.close}>${amount} / ${unit} · –</p>`;",
    "throw new Error('nobody reads this');",
  ].join("\n");
  visit(ts.createSourceFile("one.ts", source, ts.ScriptTarget.Latest, true), (words) => found.push(words));
  assert.deepEqual(found, ["Close it", "Top up", "Retry", "the receipt"]);
});

/** Notes each text that a person would see, in the order of the source. */
function visit(node: ts.Node, note: (words: string) => void): void {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
  // Errors and warnings are for developers.
  if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) return;
  if (ts.isCallExpression(node) && /^warn/.test(node.expression.getText())) return;
  if (ts.isTaggedTemplateExpression(node)) {
    if (/^(html|svg)$/.test(node.tag.getText())) for (const words of textsIn(node.template)) note(words);
    if (ts.isTemplateExpression(node.template))
      for (const { expression } of node.template.templateSpans) visit(expression, note);
    return;
  }
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    const { text } = node;
    // Paths of drawings are a letter and numbers.
    if ((/^[A-Z](?![\d.-])/.test(text) || /[a-z] [a-z]/.test(text)) && !ALLOWED.has(text)) note(text);
    return;
  }
  ts.forEachChild(node, (child) => visit(child, note));
}

function textsIn(template: ts.TemplateLiteral): string[] {
  const markup = ts.isTemplateExpression(template)
    ? [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join(GAP)
    : template.text;
  const spoken = [...markup.matchAll(SPOKEN)].map(([, , words = ""]) => words);
  const nodes = markup
    .replace(/<!--.*?-->/gs, "")
    .replace(/<[^>]*>/g, GAP)
    // Of a tag that a template begins or ends with in its middle, there is only one half.
    .split(GAP)
    .map((words) => words.replace(/&\w+;/g, "").trim());
  return [...spoken, ...nodes].filter((words) => /\p{L}/u.test(words.replaceAll(GAP, "")));
}
