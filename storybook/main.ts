import type { StorybookConfig } from "@storybook/web-components-vite";

/** Stories are the scenes of the tests; pages about all of them stand here. Nothing is asked of the network. */
const config: StorybookConfig = {
  stories: ["./pages/*.mdx", "./theming/*.stories.ts", "../widgets/src/credits-*/*.stories.ts"],
  addons: ["@storybook/addon-docs", "@storybook/addon-a11y"],
  framework: { name: "@storybook/web-components-vite", options: {} },
  core: {
    disableTelemetry: true,
    disableWhatsNewNotifications: true,
    // Not the file of the root, which is that of the CDN build.
    builder: { name: "@storybook/builder-vite", options: { viteConfigPath: "storybook/vite.config.ts" } },
  },
  // Our own toolbars take their place: elements follow their place, not the window.
  features: {
    ...{ backgrounds: false, viewport: false, measure: false, outline: false },
    ...{ interactions: false, sidebarOnboardingChecklist: false },
  },
  // Served by nobody who counts bytes: what would make it small takes most of the time.
  viteFinal: ({ build, ...config }) => ({
    ...config,
    build: {
      ...build,
      minify: false,
      reportCompressedSize: false,
      rollupOptions: { ...build?.rollupOptions, treeshake: false },
    },
  }),
};

export default config;
