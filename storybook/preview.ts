import { setCustomElementsManifest } from "@storybook/web-components-vite";
import { customElements } from "./manifest.ts";
import { ElementPage } from "./pages/element-page.tsx";
import { argTypesOf } from "./playground/controls.ts";
import { render, renderToCanvas } from "./render.ts";
import "./preview.css";
import { globalTypes, linkThemes } from "./toolbars.ts";

setCustomElementsManifest(customElements);
linkThemes();

export default {
  render,
  renderToCanvas,
  globalTypes,
  initialGlobals: { scheme: "light", theme: "none", locale: "en", direction: "auto", width: "full" },
  argTypesEnhancers: [argTypesOf],
  tags: ["autodocs"],
  parameters: {
    layout: "fullscreen",
    a11y: { test: "error" },
    controls: { expanded: true, sort: "none" },
    docs: { page: ElementPage, source: { type: "code" }, codePanel: false },
    options: {
      storySort: { order: ["Welcome", "Usage", "Theming", "Elements"] },
    },
  },
};
