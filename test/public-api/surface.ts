/** One thing that hosts may rely on. */
export interface PublicThing {
  /** The element, package, file or endpoint that it belongs to. */
  readonly owner: string;
  readonly kind: string;
  readonly name: string;
  /** Its type, or what else a change of it would show. */
  readonly detail?: string | undefined;
}

const HEAD = `# Public API

Everything that hosts may rely on, a line each. [Compatibility](compatibility.md) says what may happen to it. Written by
\`npm run api\`: a change of the surface is a change of this file, and what a release has named stays.
`;

/** The report that is committed: a heading for each owner, a line for each thing. */
export function reportOf(things: readonly PublicThing[]): string {
  const owners = [...new Set(things.map(({ owner }) => owner))];
  const sections = owners.map((owner) => {
    const lines = things.filter((thing) => thing.owner === owner).map(lineOf);
    return `## ${owner}\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\`\n`;
  });
  return [HEAD, ...sections].join("\n");
}

function lineOf({ kind, name, detail }: PublicThing): string {
  return [kind, name || "(default)", detail && `: ${detail}`].filter(Boolean).join(" ").replace(" : ", ": ");
}

/** The name by which a release promises a thing: without its type, which the report shows. */
export const promiseOf = ({ owner, kind, name }: PublicThing): string =>
  `${owner} | ${kind} | ${name || "(default)"}`;

/** What was promised and is there no more. */
export function brokenPromises(things: readonly PublicThing[], published: string): string[] {
  const kept = new Set(things.map(promiseOf));
  return published.split("\n").filter((line) => line !== "" && !line.startsWith("#") && !kept.has(line));
}
