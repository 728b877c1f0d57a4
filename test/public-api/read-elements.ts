import { globSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { analyze } from "../../packages/packing/src/custom-elements.ts";
import { elementsOf, type KitElement } from "../../packages/packing/src/generated/elements.ts";
import type { PublicThing } from "./surface.ts";

const widgets = join(import.meta.dirname, "../../widgets");

/** What the elements say of themselves, from the manifest that is published with them. */
export async function readElements(): Promise<PublicThing[]> {
  const folder = await mkdtemp(join(tmpdir(), "credits-kit-api-"));
  try {
    const elements = elementsOf(await analyze(widgets, folder));
    const details = await readDetails();
    return elements.flatMap((element) => thingsOf(element, details));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function thingsOf(element: KitElement, details: ReadonlyMap<string, string>): PublicThing[] {
  const { tag, attributes, properties, methods, events, slots, parts, tokens } = element;
  const owner = `<${tag}>`;
  const of = (kind: string, list: readonly { name: string; type?: string }[]): PublicThing[] =>
    list
      .map(({ name, type }) => ({ owner, kind, name, detail: type?.replace(/ \| undefined$/, "") }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  return [
    { owner, kind: "class", name: element.className },
    ...of("attribute", attributes),
    ...of("property", properties),
    ...of("method", methods),
    ...of("event", events).map((event) => ({
      ...event,
      detail: `${event.detail ?? ""} ${details.get(event.detail ?? "") ?? ""}`.trim(),
    })),
    ...of("slot", slots),
    ...of("part", parts),
    ...of("token", tokens),
  ];
}

/** The fields of what each class of event carries, by the class's name. */
async function readDetails(): Promise<Map<string, string>> {
  const details = new Map<string, string>();
  for (const path of globSync("src/**/*events.ts", { cwd: widgets })) {
    const text = await readFile(join(widgets, path), "utf8");
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
    const shapes = new Map(
      file.statements.filter(ts.isInterfaceDeclaration).map(({ name, members }) => [name.text, members]),
    );
    for (const found of file.statements.filter(ts.isClassDeclaration)) {
      const [type] = found.heritageClauses?.[0]?.types[0]?.typeArguments ?? [];
      if (!found.name || !type) continue;
      const members = shapes.get(type.getText())?.map((member) => member.name?.getText() ?? "");
      details.set(found.name.text, members ? `{ ${members.sort().join(", ")} }` : type.getText());
    }
  }
  return details;
}
