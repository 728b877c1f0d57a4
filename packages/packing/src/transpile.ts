import { globSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import ts from "typescript";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  ...{ verbatimModuleSyntax: true, rewriteRelativeImportExtensions: true },
};
const typeOptions = { ...options, declaration: true, isolatedDeclarations: true };

/**
 * Compiles a folder file by file, which is a matter of milliseconds, for packages whose exports all say their types. Whether
 * these are right is checked with all other types of the repository, not here.
 * @throws Error for an export that does not say its type
 */
export async function transpile(folder: string, outDir: string): Promise<void> {
  for (const fileName of globSync("**/*.ts", { cwd: folder, exclude: ["**/*.test.ts"] })) {
    const code = await readFile(join(folder, fileName), "utf8");
    const module = ts.transpileModule(code, { fileName, compilerOptions: options, reportDiagnostics: true });
    const types = ts.transpileDeclaration(code, {
      ...{ fileName, compilerOptions: typeOptions, reportDiagnostics: true },
    });
    const faults = [...(module.diagnostics ?? []), ...(types.diagnostics ?? [])];
    if (faults.length > 0)
      throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(faults[0]?.messageText, "\n")}`);
    const out = join(outDir, fileName);
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out.replace(/\.ts$/, ".js"), module.outputText);
    // The compiler leaves the names of the sources in types.
    const named = types.outputText.replace(/(from |import )"(\.\.?\/[^"]*)\.ts"/g, '$1"$2.js"');
    await writeFile(out.replace(/\.ts$/, ".d.ts"), named);
  }
}
