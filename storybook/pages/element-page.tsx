import { Controls, Markdown, Primary, Title, useOf } from "@storybook/addon-docs/blocks";
import { elementOf } from "../manifest.ts";

/** What Storybook shows of an element: how it is played with, and all that hosts may use of it. */
export function ElementPage() {
  const { preparedMeta } = useOf("meta", ["meta"]);
  const component: unknown = preparedMeta.component;
  const { tagName, summary, description, status, since } = elementOf(component);
  return (
    <>
      <Title>{`<${tagName}>`}</Title>
      <Markdown>{[summary, description].filter((text) => typeof text === "string").join("\n\n")}</Markdown>
      <p className="standing">
        {status} since {since}
      </p>
      <Primary />
      <Controls />
    </>
  );
}
