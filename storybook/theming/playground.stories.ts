import type { StoryContext } from "@storybook/web-components-vite";
import { ThemingPlayground } from "./theming-playground.ts";

export default { title: "Theming/Playground", tags: ["!autodocs"] };

let playground: ThemingPlayground | undefined;

export const Playground = {
  parameters: { controls: { disable: true } },
  render: (_args: unknown, { globals }: StoryContext) => {
    playground ??= new ThemingPlayground();
    playground.dress(globals);
    return playground;
  },
};
