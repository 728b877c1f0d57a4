import { elements } from "../manifest.ts";
import { choices } from "../theming/tokens.ts";

interface Told {
  readonly description: string;
  readonly by: string[];
}

/** What the elements say of each token, those that say the same together. */
function tokens(): [token: string, Told[]][] {
  const all = new Map<string, Told[]>();
  for (const { tagName, cssProperties = [] } of elements)
    for (const { name, description = "" } of cssProperties) {
      const told = all.get(name) ?? [];
      all.set(name, told);
      const same = told.find((one) => one.description === description);
      if (same) same.by.push(tagName);
      else told.push({ description, by: [tagName] });
    }
  return [...all].sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }));
}

/** What the elements have where a host says nothing: two colours, or a measure. */
function Usual({ token }: { token: string }) {
  const usual = choices.find((choice) => choice.token === token)?.usual;
  if (usual === undefined) return null;
  if (typeof usual === "string") return <code>{usual}</code>;
  return (
    <span className="swatches">
      {usual.map((colour, index) => (
        <i
          key={colour}
          title={`${index === 0 ? "light" : "dark"}: ${colour}`}
          style={{ background: colour }}
        />
      ))}
    </span>
  );
}

const short = (tagName: string) => tagName.replace("credits-", "");

/** Every custom property that an element reads, and what for. */
export function Tokens() {
  return (
    <table className="reference">
      <thead>
        <tr>
          <th>Property</th>
          <th>Usual</th>
          <th>What it is, and where</th>
        </tr>
      </thead>
      <tbody>
        {tokens().map(([token, told]) => (
          <tr key={token}>
            <td>
              <code>{token}</code>
            </td>
            <td>
              <Usual token={token} />
            </td>
            <td>
              {told.map(({ description, by }) => (
                <p key={description}>
                  {description} <small>{by.map(short).join(", ")}</small>
                </p>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every part and slot of each element. */
export function Parts() {
  return elements
    .filter(({ cssParts = [] }) => cssParts.length > 0)
    .map(({ tagName, summary, cssParts = [], slots = [] }) => (
      <section key={tagName} id={tagName}>
        <h3>&lt;{tagName}&gt;</h3>
        <p>{summary}</p>
        <dl className="parts">
          {cssParts.map(({ name, description }) => (
            <div key={name}>
              <dt>
                <code>::part({name})</code>
              </dt>
              <dd>{description}</dd>
            </div>
          ))}
          {slots.map(({ name, description }) => (
            <div key={`slot ${name}`}>
              <dt>
                <code>slot="{name}"</code>
              </dt>
              <dd>{description}</dd>
            </div>
          ))}
        </dl>
      </section>
    ));
}
