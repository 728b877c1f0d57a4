import { minify } from "terser";
import { type Plugin, transformWithEsbuild } from "vite";

/**
 * Minifies whole chunks, which Vite's library mode does not do for ES modules (libraries are bundled again; ours are
 * not). Each minifier finds what the other misses: esbuild gives private names anew in each class, terser folds more.
 */
export function minifyChunks(): Plugin {
  return {
    name: "minify-chunks",
    async renderChunk(code) {
      const once = await transformWithEsbuild(code, "chunk.js", {
        sourcemap: false,
        minify: true,
        format: "esm",
        target: "es2022",
        legalComments: "none",
      });
      const twice = await minify(once.code, {
        module: true,
        ecma: 2020,
        compress: { passes: 3 },
        // What only Lit calls by these names, all of it in one chunk.
        mangle: { properties: { regex: /^_\$(?!litType)/ } },
        format: { comments: false },
      });
      return { code: tightenTemplates(twice.code ?? once.code), map: null };
    },
  };
}

/**
 * Line breaks that are left stand in HTML templates. Beside a tag or an expression they are indentation, which our
 * layouts (all flex or grid) do not show; elsewhere a space is as good.
 */
function tightenTemplates(code: string): string {
  return code.replace(/(?<=[>`}])\n\s*(?=[<`$])/g, "").replace(/\n\s*/g, " ");
}
