import ts from "typescript";
import { type Declaration, declarationsOf, type Manifest } from "./manifest.ts";

/** Types that an attribute can be written as, and those that say that there is none. */
const PLAIN =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null;

/**
 * Adds to each property and attribute of the elements what its type comes down to: the analyser reads no other files, so
 * that the manifest says `GrantStatus` where an editor needs `"active" | "expired"`. It stands in `parsedType`, where
 * other tools look for it.
 *
 * @param entry the module of the program that exports every element and the types of their states
 * @throws Error for an element or a property that is not in it
 */
export function resolveTypes(manifest: Manifest, program: ts.Program, entry: string): void {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} exports nothing`);
  const types = new Map<string, ts.Type>();
  for (const found of checker.getExportsOfModule(module)) {
    const symbol = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
    if (symbol.flags & ts.SymbolFlags.Type) types.set(found.name, checker.getDeclaredTypeOfSymbol(symbol));
  }
  for (const declaration of declarationsOf(manifest).filter(({ tagName }) => tagName !== undefined))
    resolveOne(declaration, { types, checker });
}

interface Known {
  /** What the entry exports. */
  types: ReadonlyMap<string, ts.Type>;
  checker: ts.TypeChecker;
}

function resolveOne({ name, attributes = [], members = [] }: Declaration, known: Known): void {
  const element = known.types.get(name);
  if (!element) throw new Error(`The entry does not export ${name}`);
  const fields = members.filter((member) => member.kind === "field" && !member.static);
  for (const { told, field } of [
    ...attributes.map((attribute) => ({ told: attribute, field: attribute.fieldName })),
    ...fields.map((member) => ({ told: member, field: member.name })),
  ]) {
    const property = element.getProperty(field);
    if (!property) throw new Error(`${name} has no property ${field}`);
    const type = known.checker.getTypeOfSymbol(property);
    const text = textOf(type, known.checker) ?? nameOf(type, `${name}State`, known);
    if (text !== undefined && !saysTheSame(told.type?.text, text)) told.parsedType = { text };
  }
}

/** What can be written as an attribute; nothing for an object, whose shape would say less than its name. */
function textOf(type: ts.Type, checker: ts.TypeChecker): string | undefined {
  const parts = type.isUnion() ? type.types : [type];
  if (!parts.every(({ flags }) => flags & PLAIN)) return undefined;
  const texts = parts.map((part) => checker.typeToString(part, undefined, ts.TypeFormatFlags.NoTruncation));
  return [...new Set(texts.map((text) => (/^(true|false)$/.test(text) ? "boolean" : text)))]
    .sort((one, other) => rankOf(one) - rankOf(other) || (one < other ? -1 : 1))
    .join(" | ");
}

/** What there is comes before `undefined` and `null`. */
const rankOf = (part: string): number => ["null", "undefined"].indexOf(part);

/** The name by which hosts know a type, if it is that type. */
function nameOf(type: ts.Type, name: string, { types, checker }: Known): string | undefined {
  const named = types.get(name);
  const isSame = named && checker.isTypeAssignableTo(named, type) && checker.isTypeAssignableTo(type, named);
  return isSame ? name : undefined;
}

/** Whoever wrote a union out chose the order of its parts. */
function saysTheSame(written: string | undefined, text: string): boolean {
  const parts = (type: string) => type.split(" | ").sort().join();
  return written !== undefined && parts(written) === parts(text);
}
