import { minify } from "terser";
import type { Plugin } from "vite";

/** Minifies whole chunks. Vite's library mode keeps white space in ES modules, because libraries are bundled again; ours are not. */
export function minifyChunks(): Plugin {
  return {
    name: "minify-chunks",
    async renderChunk(code) {
      const small = await minify(code, {
        module: true,
        ecma: 2020,
        compress: { passes: 3, unsafe_arrows: true, hoist_props: true, booleans_as_integers: false },
        format: { comments: false },
      });
      return { code: small.code ?? code, map: null };
    },
  };
}
