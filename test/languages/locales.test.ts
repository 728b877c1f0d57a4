import assert from "node:assert/strict";
import { test } from "node:test";
import { englishOf, fileNames, folders, LANGUAGES, type Text, textsOf } from "./locale-files.ts";

/** What is written alike in English and in another language, and why. */
const ALIKE: Record<string, string> = {
  "de grants-table columns.status": "the German word is Status",
  "de grants-table groups.status": "the German word is Status",
  "de usage-chart export": "the German word is Export",
  "es usage-chart ranges.24h": "the sign of the hour",
  "es usage-chart ranges.7d": "the Spanish día begins with the same letter",
  "es usage-chart ranges.30d": "the Spanish día begins with the same letter",
  "es usage-chart total": "the Spanish word is Total",
  "es top-up total": "the Spanish word is Total",
  "es portal plans": "the Spanish word is Plan",
  "es balance-history sources.plan": "the Spanish word is Plan",
  "es grants-table sources.plan": "the Spanish word is Plan",
  "es ledger sources.plan": "the Spanish word is Plan",
  "es list sources.plan": "the Spanish word is Plan",
  "fr grants-table statuses.active": "the French adjective of une attribution is Active",
  "fr grants-table dateField": "the French word is Date",
  "fr grants-table page": "the French word is Page",
  "fr ledger page": "the French word is Page",
  "fr list page": "the French word is Page",
  "fr portal categories.promo": "the French word is Promotion",
  "fr portal notifications": "the French word is Notifications",
  "fr portal channels.email": "what French readers call it",
  "fr usage-chart ranges.24h": "the sign of the hour",
  "fr usage-chart total": "the French word is Total",
  "fr top-up total": "the French word is Total",
};

/** What a word that is given to a text has in it, to be found again. */
const GIVEN = ["Qx", "Qy", "Qz"];
/** What is given to tell how the others are said, and is not said itself. */
const HOW: Record<string, readonly string[]> = {
  expires: ["zero", "one", "two", "few", "many", "other"],
  included: ["month", "year"],
};
const COUNTS = [0, 1, 2, 5, 1_000_000];

test("each file of English has its like in every other language", () => {
  const files = fileNames();
  const missing = folders()
    .flatMap((folder) => LANGUAGES.map((language) => (folder ? `${folder}/${language}` : language)))
    .filter((name) => !files.includes(name));
  assert.deepEqual(missing, []);
  // A file of a language that this test does not know would be looked at by nobody.
  const known = [...LANGUAGES, "en", "en-form"];
  assert.deepEqual(
    files.filter((name) => !known.includes(name.split("/").at(-1) ?? "")),
    [],
  );
});

for (const folder of folders()) {
  test(`${folder || "what all elements say"}: every language says what English says, and nothing else`, async () => {
    const english = await englishOf(folder);
    const kindsOf = (texts: ReadonlyMap<string, Text>) =>
      [...texts].map(([name, text]) => `${name}: ${typeof text}`).sort();
    assert.ok(english.size > 10);
    for (const language of LANGUAGES)
      assert.deepEqual(kindsOf(await textsOf(folder, language)), kindsOf(english), language);
  });
}

test("no language repeats the English words, but for those that are the same in it", async () => {
  const alike: string[] = [];
  for (const folder of folders()) {
    const english = await englishOf(folder);
    for (const language of LANGUAGES)
      for (const [name, text] of await textsOf(folder, language)) {
        const other = english.get(name);
        if (other !== undefined && name !== "dir" && said(name, text) === said(name, other))
          alike.push(`${language} ${folder} ${name}`);
      }
  }
  assert.deepEqual(alike.sort(), Object.keys(ALIKE).sort());
});

test("every text of every language says all that it is given, for each number", async () => {
  for (const folder of folders())
    for (const language of ["en", ...LANGUAGES]) {
      const texts = language === "en" ? await englishOf(folder) : await textsOf(folder, language);
      for (const [name, text] of texts) {
        const where = `${language} ${folder} ${name}`;
        for (const line of sayings(name, text, language)) {
          assert.match(line.text, /\S/, where);
          assert.doesNotMatch(line.text, /undefined|NaN|null|\[object|\$\{|=>/, `${where}: ${line.text}`);
          assert.equal(line.text, line.text.trim(), where);
          for (const word of line.given) assert.ok(line.text.includes(word), `${where} leaves out ${word}`);
        }
      }
    }
});

/** What the typography of a language forbids. */
const WRONG: Record<string, readonly [string, RegExp][]> = {
  es: [
    ["a question or an exclamation that nothing opens", /(^|[.:] )[^¿¡.:]*[?!]/],
    ["an ellipsis of three points", /\.\.\./],
  ],
  fr: [
    ["a mark without a narrow no-break space before it", /[^\u202f][?!:;»]|«[^\u202f]/],
    ["a straight apostrophe", /'/],
    ["an ellipsis of three points", /\.\.\./],
  ],
  ja: [
    ["a half-width mark", /[,.!?:;()]/],
    // An amount and its unit come with a space between them everywhere.
    ["a space", /(?<!Qx) (?!Qy)/],
    ["a word in Latin letters", /(?!Stripe|CSV|PNG|UTC|Q[xyz])\b[A-Za-z]{2,}/],
  ],
};

for (const [language, rules] of Object.entries(WRONG)) {
  test(`${language} is set by the rules of its language`, async () => {
    const faults: string[] = [];
    for (const folder of folders())
      for (const [name, text] of await textsOf(folder, language)) {
        if (name === "code" || name === "dir") continue;
        // How numbers are written is no business of the texts.
        for (const line of sayings(name, text, language).filter(({ given }) => !/\d/.test(given.join())))
          for (const [fault, pattern] of rules)
            if (pattern.test(line.text)) faults.push(`${folder} ${name}: ${fault}: ${line.text}`);
      }
    assert.deepEqual([...new Set(faults)], []);
  });
}

interface Saying {
  text: string;
  /** What must be in it. */
  given: readonly string[];
}

/** All that a text can say: with marked words, and with numbers in the plural that they have in the language. */
function sayings(name: string, text: Text, language: string): Saying[] {
  if (typeof text === "string") return [{ text, given: [] }];
  const how = HOW[name];
  const lines = (how ?? [undefined]).map((choice) => {
    const given = GIVEN.slice(0, choice === undefined ? Math.max(1, text.length) : 2);
    return { text: text(...given, ...(choice === undefined ? [] : [choice])), given };
  });
  const plurals = new Intl.PluralRules(language);
  const numbered = COUNTS.map((count) => {
    const amount = count.toLocaleString(language);
    const plural = name === "included" ? "month" : plurals.select(count);
    const given = Array.from({ length: how ? 2 : Math.max(1, text.length) }, () => amount);
    return { text: text(...given, ...(how ? [plural] : [])), given: [amount] };
  });
  return [...lines, ...numbered];
}

function said(name: string, text: Text): string {
  return sayings(name, text, "en")[0]?.text ?? "";
}
