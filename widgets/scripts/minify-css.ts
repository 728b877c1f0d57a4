import { type Plugin, transformWithEsbuild } from "vite";

// The TypeScript compiler writes a space before the template.
const STYLES = /\bcss ?`([^`$]*)`/g;

/** Shrinks the style sheets inside `css` templates, which no JavaScript minifier touches. */
export function minifyCss(): Plugin {
  return {
    name: "minify-css-templates",
    enforce: "pre",
    async transform(code, id) {
      if (!id.includes("/widgets/src/") || !code.includes("css`")) return undefined;
      return { code: await minifyStyles(code), map: null };
    },
  };
}

/** A module with its style sheets shrunk. */
export async function minifyStyles(code: string): Promise<string> {
  let result = code;
  for (const [template, style = ""] of code.matchAll(STYLES)) {
    const { code: small } = await transformWithEsbuild(style, "style.css", {
      minify: true,
      charset: "utf8",
      sourcemap: false,
    });
    // esbuild leaves the values of custom properties as they are.
    const smaller = small.trim().replace(/([:,]) /g, "$1");
    result = result.replace(template, () => `css\`${smaller}\``);
  }
  return result;
}
