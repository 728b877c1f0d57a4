import { join } from "node:path";
import ts from "typescript";
import { tightenTemplates } from "./tighten-templates.ts";

/** What a package is compiled from, and for what. */
export interface Sources {
  /** Files that its exports name; what they import comes with them. */
  readonly entries: readonly string[];
  /** The folder that `dist` mirrors. */
  readonly folder: string;
  /** Whether it runs in browsers. */
  readonly isForBrowsers: boolean;
}

/**
 * Compiles to unbundled ES modules with types beside them, for whoever bundles them or not. Answers what it knows of them.
 * @throws Error with what the compiler says
 */
export function compile({ entries, folder, isForBrowsers }: Sources, outDir: string): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.esnext.d.ts", ...(isForBrowsers ? ["lib.dom.d.ts", "lib.dom.iterable.d.ts"] : [])],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // As the sources are checked everywhere else; fields would hide the accessors of Lit's properties.
    ...{ strict: true, skipLibCheck: true, verbatimModuleSyntax: true, useDefineForClassFields: false },
    types: isForBrowsers ? [] : ["node"],
    ...{ rewriteRelativeImportExtensions: true, declaration: true, stripInternal: true },
    ...{ rootDir: folder, outDir },
  };
  const program = ts.createProgram([...entries], options);
  const own = (file: ts.SourceFile) => file.fileName.startsWith(join(folder, "/"));
  const write = (path: string, text: string) => ts.sys.writeFile(path, withOutput(text));
  const { diagnostics } = program.emit(undefined, write, undefined, false, { before: [tightenTemplates] });
  const faults = [
    ...diagnostics,
    ...program
      .getSourceFiles()
      .filter(own)
      .flatMap((file) => program.getSemanticDiagnostics(file)),
  ];
  if (faults.length > 0) throw new Error(ts.formatDiagnostics(faults, host(folder)));
  return program;
}

/**
 * The compiler leaves types, and some of what is imported late, with the names of the sources; and it names the package
 * that a type of Lit's comes from, which hosts need not find.
 */
function withOutput(text: string): string {
  return text
    .replaceAll('import("lit-html")', 'import("lit")')
    .replace(/(from |import\(|import )("\.\.?\/[^"]*)\.ts"/g, '$1$2.js"');
}

const host = (folder: string): ts.FormatDiagnosticsHost => ({
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => folder,
  getNewLine: () => "\n",
});
