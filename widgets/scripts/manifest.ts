import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** What a file of the CDN build is: for integrity attributes, for servers and for the size table. */
export interface ManifestFile {
  /** Bytes of this file alone, as `gzip -9` leaves them. */
  gzip: number;
  integrity: string;
  /** Files that a page loads with it in any case. */
  imports: string[];
  /** Files that a page loads when it needs them, such as languages. */
  dynamicImports: string[];
}

export interface Manifest {
  files: Record<string, ManifestFile>;
}

/** Writes `manifest.json` beside the files. */
export function manifest(): Plugin {
  return {
    name: "cdn-manifest",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const files = chunks.map(({ fileName, code, imports, dynamicImports }): [string, ManifestFile] => [
          fileName,
          { ...measuresOf(code), imports, dynamicImports },
        ]);
        for (const { type, fileName, ...file } of Object.values(bundle)) {
          if (type !== "asset" || !("source" in file) || !fileName.endsWith(".css")) continue;
          files.push([fileName, { ...measuresOf(file.source), imports: [], dynamicImports: [] }]);
        }
        const content: Manifest = { files: Object.fromEntries(files.sort()) };
        this.emitFile({ type: "asset", fileName: "manifest.json", source: JSON.stringify(content, null, 2) });
      },
    },
  };
}

function measuresOf(content: string | Uint8Array): Pick<ManifestFile, "gzip" | "integrity"> {
  const integrity = `sha384-${createHash("sha384").update(content).digest("base64")}`;
  return { gzip: gzipSync(content, { level: 9 }).length, integrity };
}

/** What a page that loads `name` loads in any case, in bytes; with `beside`, what it has not loaded with that already. */
export function loadedWith(name: string, { files }: Manifest, beside: readonly string[] = []): number {
  const loaded = (first: string) => {
    const names = new Set([first]);
    for (const file of names) for (const imported of files[file]?.imports ?? []) names.add(imported);
    return names;
  };
  const there = new Set(beside.flatMap((file) => [...loaded(file)]));
  const more = [...loaded(name)].filter((file) => !there.has(file));
  return more.reduce((sum, file) => sum + (files[file]?.gzip ?? 0), 0);
}
