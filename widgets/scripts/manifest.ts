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
        const files = chunks.map(({ fileName, code, imports, dynamicImports }): [string, ManifestFile] => {
          const gzip = gzipSync(code, { level: 9 }).length;
          const integrity = `sha384-${createHash("sha384").update(code).digest("base64")}`;
          return [fileName, { gzip, integrity, imports, dynamicImports }];
        });
        const content: Manifest = { files: Object.fromEntries(files.sort()) };
        this.emitFile({ type: "asset", fileName: "manifest.json", source: JSON.stringify(content, null, 2) });
      },
    },
  };
}

/** What a page that loads `name` loads in any case, in bytes; with `beside`, what it has not loaded with that already. */
export function loadedWith(name: string, { files }: Manifest, beside?: string): number {
  const loaded = (first: string) => {
    const names = new Set([first]);
    for (const file of names) for (const imported of files[file]?.imports ?? []) names.add(imported);
    return names;
  };
  const there = beside === undefined ? new Set<string>() : loaded(beside);
  const more = [...loaded(name)].filter((file) => !there.has(file));
  return more.reduce((sum, file) => sum + (files[file]?.gzip ?? 0), 0);
}
