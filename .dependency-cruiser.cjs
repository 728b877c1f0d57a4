/** The direction of the rooms, as ARCHITECTURE.md draws it. The linter holds the rest. */

const test = "(\\.(test|e2e)\\.ts$|/test-support/)";
const bffRoom = (...rooms) => `^bff/src/(${rooms.join("|")})(/|\\.ts$)`;
const workspace = (...names) => `^(${names.join("|")})/`;
const everyWorkspace = "^(packages/[^/]+|widgets|bff)/";
const database = "^(node_modules/)(kysely|pg|@electric-sql/pglite)/";

/** Forbids a workspace every other workspace but the named ones. */
const knowsOnly = (name, ...others) => ({
  name: `${name.replace("packages/", "")}-knows-only-${others.map((other) => other.replace("packages/", "")).join("-") || "itself"}`,
  severity: "error",
  from: { path: `^${name}/` },
  to: { path: everyWorkspace, pathNot: workspace(name, ...others) },
});

/** Forbids a folder of the BFF the named other ones. */
const bffForbids = (name, { from, to, why }) => ({
  name: `bff-${name}`,
  severity: "error",
  comment: why,
  from: { path: bffRoom(...from) },
  to: { path: bffRoom(...to) },
});

/** Forbids what runs (not its tests) every package and every module of Node. */
const standsAlone = (name, allowed = "^$") => ({
  name: `${name.replace("packages/", "")}-stands-alone`,
  severity: "error",
  comment: "Pure code: no I/O, no clock of the system, no package that is not listed here.",
  from: { path: `^${name}/src/`, pathNot: test },
  to: {
    dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg"],
    pathNot: allowed,
  },
});

module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "declared-packages",
      severity: "error",
      comment: "What a workspace imports stands in its own package.json (or, for tools, in the root's).",
      from: { path: everyWorkspace },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "nothing-runs-on-tests",
      severity: "error",
      from: { path: everyWorkspace, pathNot: test },
      to: { path: ["^test/", test] },
    },

    {
      name: "nothing-ships-stories",
      severity: "error",
      comment: "Stories and what they stand on are for tests and for Storybook.",
      from: { path: "^widgets/", pathNot: [test, "^widgets/src/testing/", "\\.stories\\.ts$"] },
      to: { path: ["^widgets/src/testing/", "\\.stories\\.ts$"] },
    },

    standsAlone("packages/amounts"),
    standsAlone("packages/engine", "node_modules/(jsep|temporal-polyfill)/"),
    standsAlone("packages/contract", "node_modules/(zod|@asteasolutions/zod-to-openapi)/"),
    knowsOnly("packages/amounts"),
    knowsOnly("packages/engine", "packages/amounts"),
    knowsOnly("packages/contract", "packages/amounts"),
    knowsOnly("packages/client", "packages/contract"),
    knowsOnly("packages/demo", "packages/client", "packages/contract", "packages/amounts"),
    knowsOnly("widgets", "packages/client", "packages/contract", "packages/amounts"),
    knowsOnly("packages/react", "widgets"),
    knowsOnly("bff", "packages/engine", "packages/contract", "packages/amounts"),

    {
      name: "browser-takes-only-types-of-the-contract",
      severity: "error",
      comment: "A value from the contract would pull zod (90 kB) into a browser bundle.",
      from: { path: ["^widgets/src/", "^packages/client/src/widget/"], pathNot: test },
      to: { path: "^packages/contract/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "browser-takes-no-server-code",
      severity: "error",
      from: { path: ["^widgets/src/", "^packages/client/src/widget/"], pathNot: test },
      to: { path: ["^packages/client/src/server/", "node_modules/zod/"] },
    },
    {
      name: "browser-takes-no-node",
      severity: "error",
      from: {
        path: ["^widgets/src/", "^packages/client/src/"],
        pathNot: [test, "^packages/client/src/server/"],
      },
      to: { dependencyTypes: ["core"] },
    },

    {
      name: "only-storage-knows-the-database",
      severity: "error",
      from: { path: everyWorkspace, pathNot: "^bff/src/storage/" },
      to: { path: database },
    },
    bffForbids("front-calls-services", {
      from: ["http", "routes"],
      to: ["pools", "storage", "jobs", "payments", "outbox"],
      why: "A route validates, calls a service and maps the answer; nothing else.",
    }),
    bffForbids("services-know-no-front", {
      from: ["services"],
      to: ["app", "http", "routes", "jobs", "outbox"],
      why: "http and routes -> services -> pools -> storage.",
    }),
    bffForbids("pools-know-only-below", {
      from: ["pools"],
      to: ["app", "http", "routes", "auth", "services", "jobs", "payments", "outbox", "alerts"],
      why: "http and routes -> services -> pools -> storage.",
    }),
    bffForbids("storage-knows-nobody", {
      from: ["storage"],
      to: [
        "app",
        "http",
        "routes",
        "auth",
        "services",
        "pools",
        "jobs",
        "payments",
        "outbox",
        "alerts",
        "live",
      ],
      why: "Storage is the ground floor.",
    }),
    bffForbids("workers-call-services", {
      from: ["jobs", "payments", "outbox"],
      to: ["app", "http", "routes", "pools"],
      why: "What time or Stripe triggers goes the way of every command: through a service.",
    }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: {
      path: [
        "^dist",
        "^coverage",
        "^(packages/[^/]+|widgets|bff)/(dist|dist-cdn|coverage)/",
        "^test/frameworks/apps/",
      ],
    },
    tsPreCompilationDeps: "specify",
    combinedDependencies: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};
