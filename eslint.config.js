import js from "@eslint/js";
import * as lit from "eslint-plugin-lit";
import * as wc from "eslint-plugin-wc";
import tseslint from "typescript-eslint";
import { colourLiterals } from "./widgets/scripts/colour-literals.ts";

const tests = ["**/*.test.ts", "**/*.e2e.ts", "test/**/*.ts"];
const widgets = ["widgets/src/**/*.ts"];
const elementBaseClasses = ["LitElement", "CreditsElement", "SessionElement"];

/** What only the storage rooms of money may name; see docs/adr and ARCHITECTURE: one write path. */
const moneyTables = "(pools|grants|ledger|commands|customer_users)";
const moneyRooms = ["bff/src/storage/pools/**", "bff/src/storage/migrations/**", "bff/src/storage/audit/**"];
const moneyInSql = `/\\b(from|join|into|update|table|using)\\s+(only\\s+)?("?\\w+"?\\.)?"?${moneyTables}\\b/i`;
const moneyAsName = `/^\\s*(\\w+\\.)?${moneyTables}(\\s+(as\\s+)?\\w+)?\\s*$/i`;
const kyselyCall =
  "callee.property.name=/^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto|using|\\w+Join)$/";
const rawSqlCall = "callee.property.name=/^(raw|query|exec|executeSql|unsafe)$/";
const moneyMessage =
  "Only bff/src/storage/pools and bff/src/storage/migrations name the tables of money; call the write path instead.";
const moneySyntax = [
  `CallExpression[${kyselyCall}] > Literal[value=${moneyAsName}]`,
  `CallExpression[${kyselyCall}] > ArrayExpression > Literal[value=${moneyAsName}]`,
  `CallExpression[callee.object.name="sql"][callee.property.name="table"] > Literal[value=${moneyAsName}]`,
  `TaggedTemplateExpression[tag.name="sql"] TemplateElement[value.raw=${moneyInSql}]`,
  `CallExpression[${rawSqlCall}] > Literal[value=${moneyInSql}]`,
  `CallExpression[${rawSqlCall}] > TemplateLiteral > TemplateElement[value.raw=${moneyInSql}]`,
].map((selector) => ({ selector, message: moneyMessage }));

const unsafeTemplates = {
  selector: "Identifier[name=/^(unsafeHTML|unsafeSVG|unsafeMathML|unsafeStatic|unsafeCSS|styleMap)$/]",
  message: "Unsafe under the content security policies of our hosts (see STYLE: CSP-clean by construction).",
};

const testCalls = "/^(test|it|describe|suite|context|t)$/";
const restingTests = [
  `MemberExpression[object.name=${testCalls}][property.name=/^(only|skip|todo)$/]`,
  `CallExpression[callee.name=${testCalls}] > ObjectExpression > Property[key.name=/^(only|skip|todo)$/]`,
  "CallExpression[callee.name=/^(xit|xdescribe|fit|fdescribe)$/]",
].map((selector) => ({ selector, message: "Every test runs, every time: no only, skip or todo." }));

const databasePackages = {
  group: ["kysely", "kysely/*", "pg", "pg/*", "@electric-sql/pglite", "@electric-sql/pglite/*"],
  message: "Only bff/src/storage talks to the database.",
};
const zodInBrowser = {
  group: ["zod", "zod/*"],
  message: "zod weighs 90 kB in a browser: use contract types.",
};

/** What the demo's page, plain JavaScript without a build, takes from the browser. */
const pageGlobals = [
  ...[
    "window",
    "document",
    "navigator",
    "location",
    "history",
    "localStorage",
    "sessionStorage",
    "customElements",
  ],
  ...[
    "matchMedia",
    "getComputedStyle",
    "requestAnimationFrame",
    "cancelAnimationFrame",
    "setTimeout",
    "clearTimeout",
  ],
  ...["setInterval", "clearInterval", "queueMicrotask", "fetch", "AbortController", "URL", "URLSearchParams"],
  ...[
    "Event",
    "CustomEvent",
    "EventTarget",
    "HTMLElement",
    "Element",
    "IntersectionObserver",
    "ResizeObserver",
  ],
  ...["MutationObserver", "Path2D", "OffscreenCanvas", "Image", "ImageData", "crypto", "performance", "Intl"],
];

/** A folder's whole list: in a flat config a later list of one rule replaces an earlier one. */
const restrictSyntax = (...restrictions) => ({ "no-restricted-syntax": ["error", ...restrictions.flat()] });
const restrictImports = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

export default tseslint.config(
  { ignores: ["**/dist", "**/dist-*", "**/coverage", ".cache", ".credits-kit", "test/frameworks/apps"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", 300],
      "max-params": ["error", 3],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unsafe-type-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // What was aborted or thrown elsewhere is handed on as it is.
      "@typescript-eslint/prefer-promise-reject-errors": [
        "error",
        { allowThrowingUnknown: true, allowThrowingAny: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allow: ["URL", "URLSearchParams", "Error"] },
      ],
      // An interface asks for a promise; who implements it need not await anything.
      "@typescript-eslint/require-await": "off",
      // Lit binds the handlers of a template, and our factories answer closures: neither has a `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["test", "it", "describe", "suite"] },
          ],
        },
      ],
      ...restrictSyntax(moneySyntax),
      ...restrictImports(databasePackages),
    },
  },
  {
    files: ["bff/src/**/*.ts", "widgets/src/**/*.ts", "packages/*/src/**/*.ts"],
    ignores: ["packages/cli/**"],
    rules: { "no-console": "error" },
  },
  { files: ["bff/src/storage/**/*.ts"], rules: { "no-restricted-imports": "off" } },
  { files: moneyRooms, rules: { "no-restricted-syntax": "off" } },
  {
    files: widgets,
    ...lit.configs["flat/recommended"],
    settings: { wc: { elementBaseClasses }, lit: { elementBaseClasses } },
    rules: {
      ...lit.configs["flat/recommended"].rules,
      "lit/lifecycle-super": "error",
      "lit/no-classfield-shadowing": "error",
      "lit/no-legacy-imports": "error",
      "lit/no-native-attributes": "error",
      "lit/no-this-assign-in-render": "error",
      "lit/no-useless-template-literals": "error",
      "lit/attribute-names": "error",
      ...restrictSyntax(moneySyntax, unsafeTemplates),
      ...restrictImports(databasePackages, zodInBrowser),
    },
  },
  {
    files: widgets,
    plugins: { wc },
    // Lit's base class has every lifecycle callback: there is nothing to guard a super call against.
    rules: { ...wc.configs["flat/best-practice"].rules, "wc/guard-super-call": "off" },
  },
  {
    // A colour that is written out anywhere else is one that no host can set.
    files: widgets,
    ignores: [
      "widgets/src/ui/{tokens,palette,positive,floating}.styles.ts",
      "widgets/src/testing/**",
      "**/*.test.ts",
    ],
    plugins: { credits: { rules: { "colour-literals": colourLiterals } } },
    rules: { "credits/colour-literals": "error" },
  },
  { files: tests, rules: restrictSyntax(moneySyntax, restingTests) },
  { files: moneyRooms.map((room) => `${room}/*.test.ts`), rules: restrictSyntax(restingTests) },
  {
    files: ["widgets/src/**/*.test.ts", "widgets/src/testing/**"],
    rules: {
      ...restrictSyntax(unsafeTemplates, restingTests),
      // chai's assertions are typed as thenables, though only those of accessibility have to be awaited.
      "@typescript-eslint/no-floating-promises": "off",
    },
  },
  {
    // Tests look at the database from outside and plant faults in it.
    files: ["test/**/*.ts"],
    rules: { "no-restricted-imports": "off", ...restrictSyntax(restingTests) },
  },
  {
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { projectService: false },
      globals: { process: "readonly", module: "writable", console: "readonly", URL: "readonly" },
    },
  },
  {
    files: ["packages/demo/src/page/**/*.js"],
    languageOptions: { globals: Object.fromEntries(pageGlobals.map((name) => [name, "readonly"])) },
  },
);
