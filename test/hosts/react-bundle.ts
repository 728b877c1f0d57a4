import { build } from "vite";

/** `mount(place, tag, properties)` draws an element by React in strict mode, and answers how to take it away again. */
const SOURCE = `
  import { StrictMode, createElement } from "react";
  import { createRoot } from "react-dom/client";
  export function mount(place, tag, properties) {
    const root = createRoot(place);
    root.render(createElement(StrictMode, null, createElement(tag, properties)));
    return () => root.unmount();
  }
`;

const ENTRY = "\0react-page";

/** React as hosts bundle it while they develop, which is when strict mode mounts everything twice. */
export async function bundleReact(): Promise<string> {
  const result = await build({
    configFile: false,
    mode: "development",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"development"' },
    plugins: [
      {
        name: "react-page",
        enforce: "pre",
        resolveId: (id) => (id.endsWith("react-page") ? ENTRY : undefined),
        load: (id) => (id === ENTRY ? SOURCE : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      lib: { entry: "react-page", formats: ["es"], fileName: "react" },
    },
  });
  const [chunk] = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
  if (chunk?.type !== "chunk") throw new Error("React was not bundled");
  return chunk.code;
}
