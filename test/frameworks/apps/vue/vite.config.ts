import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

/** Without this, Vue looks for components by these names, and warns while it is in development. */
const isCustomElement = (tag: string) => tag.startsWith("credits-");

export default defineConfig({ plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] });
