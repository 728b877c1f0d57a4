import type { Rule } from "eslint";

/** The names of CSS Color 4 that are colours of their own: `transparent` and `currentColor` are not. */
const NAMED =
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
  cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen
  darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue
  darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite
  forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory
  khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen
  lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime
  limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
  mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive
  olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
  powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
  slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke
  yellow yellowgreen`.split(/\s+/);

const SYSTEM =
  `AccentColor AccentColorText ActiveText ButtonBorder ButtonFace ButtonText Canvas CanvasText Field FieldText GrayText Highlight
  HighlightText LinkText Mark MarkText SelectedItem SelectedItemText VisitedText`.split(/\s+/);

const WRITTEN =
  /#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})(?![\w-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/i;
/** As a value, not as part of a name. */
const wordOf = (names: readonly string[]) =>
  new RegExp(`:[^;{}]*?(?<![\\w-])(${names.join("|")})(?![\\w-])`, "i");
const NAMED_VALUE = wordOf(NAMED);
const SYSTEM_VALUE = wordOf(SYSTEM);

/** The first colour that is written out in a style sheet; system colours may be, where colours are the person's own. */
function colourIn(sheet: string): string | undefined {
  const text = sheet.replace(/\/\*[^]*?\*\//g, "");
  const values = declarationsOf(text);
  const named = WRITTEN.exec(text)?.[0] ?? NAMED_VALUE.exec(values)?.[1];
  return named ?? SYSTEM_VALUE.exec(declarationsOf(withoutForcedColors(text)))?.[1];
}

/** A selector such as `a:hover` has a colon, too: what is followed by a brace is none of ours. */
function declarationsOf(text: string): string {
  return text.replace(/[^;{}]*\{/g, "{");
}

function withoutForcedColors(text: string): string {
  const [before = "", ...blocks] = text.split(/@media \(forced-colors: active\)\s*\{/);
  const rest = blocks.map((block) => {
    let depth = 1;
    let end = 0;
    while (depth > 0 && end < block.length) {
      if (block[end] === "{") depth += 1;
      if (block[end] === "}") depth -= 1;
      end += 1;
    }
    return block.slice(end);
  });
  return [before, ...rest].join("");
}

/** Colours are written in the files of tokens and themes: everywhere else they are tokens, which hosts can set. */
export const colourLiterals: Rule.RuleModule = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      literal: "{{colour}} is no token: hosts cannot set it. See widgets/src/ui/tokens.styles.ts.",
    },
  },
  create(context) {
    const report = (node: Rule.Node, colour: string | undefined) => {
      if (colour) context.report({ node, messageId: "literal", data: { colour } });
    };
    return {
      Literal(node) {
        if (typeof node.value !== "string") return;
        report(node, WRITTEN.exec(node.value)?.[0] ?? NAMED.find((name) => name === node.value));
      },
      TemplateLiteral(node) {
        const { parent } = node;
        const isSheet =
          parent.type === "TaggedTemplateExpression" &&
          parent.tag.type === "Identifier" &&
          parent.tag.name === "css";
        const texts = node.quasis.map(({ value }) => value.raw);
        report(
          node,
          isSheet ? colourIn(texts.join("")) : texts.map((text) => WRITTEN.exec(text)?.[0]).find(Boolean),
        );
      },
    };
  },
};
