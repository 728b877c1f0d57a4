import { type Choice, FONTS } from "./tokens.ts";

/** A row of the panel. */
export interface Control {
  readonly row: HTMLElement;
  /** Shows what was chosen, or what is usual. */
  show(value: string | readonly [string, string] | undefined): void;
}

type Tell = (value: string | readonly [string, string]) => void;

/** The fields for one token, which tell every change. */
export function controlOf(choice: Choice, tell: Tell): Control {
  const { token, label, kind } = choice;
  const row = document.createElement("div");
  row.className = `choice ${kind}`;
  const name = document.createElement("span");
  name.append(label);
  name.title = token;
  row.append(name);
  const show =
    kind === "colour"
      ? colours(row, choice, tell)
      : kind === "length"
        ? range(row, choice, tell)
        : font(row, choice, tell);
  return { row, show };
}

function field(type: string, label: string): HTMLInputElement {
  const input = document.createElement("input");
  input.type = type;
  input.setAttribute("aria-label", label);
  return input;
}

/** One for light pages and one for dark ones. */
function colours(row: HTMLElement, { token, label, usual }: Choice, tell: Tell): Control["show"] {
  const schemes = ["light", "dark"] as const;
  const inputs = schemes.map((scheme) => {
    const input = field("color", `${label}, ${scheme}`);
    input.name = `${token} ${scheme}`;
    input.title = scheme;
    row.append(input);
    return input;
  });
  const read = (): [string, string] => [inputs[0]?.value ?? "", inputs[1]?.value ?? ""];
  for (const input of inputs) input.addEventListener("input", () => tell(read()));
  return (value = usual) =>
    inputs.forEach(
      (input, index) => (input.value = (typeof value === "string" ? value : value[index]) ?? ""),
    );
}

function range(row: HTMLElement, choice: Choice, tell: Tell): Control["show"] {
  const { token, label, usual, unit = "" } = choice;
  const input = field("range", label);
  input.name = token;
  for (const name of ["min", "max", "step"] as const) input[name] = String(choice[name] ?? "");
  const output = document.createElement("output");
  row.append(input, output);
  const read = () => `${input.value}${unit}`;
  input.addEventListener("input", () => {
    output.value = read();
    tell(read());
  });
  return (value = usual) => {
    input.value = String(parseFloat(String(value)));
    output.value = read();
  };
}

function font(row: HTMLElement, { token, label, usual }: Choice, tell: Tell): Control["show"] {
  const select = document.createElement("select");
  select.name = token;
  select.setAttribute("aria-label", label);
  select.append(...Object.entries(FONTS).map(([name, family]) => new Option(name, family)));
  row.append(select);
  select.addEventListener("input", () => tell(select.value));
  return (value = usual) => (select.value = String(value));
}
