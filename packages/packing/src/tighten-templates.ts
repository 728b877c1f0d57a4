import ts from "typescript";

/**
 * Takes the indentation out of HTML templates, which no bundler of a host dares to. Beside a tag or an expression it is
 * nothing that our layouts (all flex or grid) show; elsewhere a space is as good.
 */
export const tightenTemplates: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = context;
  const tighten = (part: ts.TemplateLiteralLikeNode): string => tightenText(part.rawText ?? part.text);

  function tightenTemplate(template: ts.TemplateLiteral): ts.TemplateLiteral {
    if (ts.isNoSubstitutionTemplateLiteral(template)) {
      const text = tighten(template);
      return factory.createNoSubstitutionTemplateLiteral(text, text);
    }
    const head = tighten(template.head);
    const spans = template.templateSpans.map(({ expression, literal }) => {
      const text = tighten(literal);
      const part = ts.isTemplateTail(literal)
        ? factory.createTemplateTail(text, text)
        : factory.createTemplateMiddle(text, text);
      return factory.createTemplateSpan(visit(expression), part);
    });
    return factory.createTemplateExpression(factory.createTemplateHead(head, head), spans);
  }

  function visit<Kind extends ts.Node>(node: Kind): Kind;
  function visit(node: ts.Node): ts.Node {
    if (!ts.isTaggedTemplateExpression(node) || !/^(html|svg)$/.test(node.tag.getText()))
      return ts.visitEachChild(node, visit, context);
    const { tag, typeArguments, template } = node;
    return factory.updateTaggedTemplateExpression(node, tag, typeArguments, tightenTemplate(template));
  }
  return (file) => visit(file);
};

/** A part of a template, between its ends and its expressions. */
function tightenText(text: string): string {
  return text.replace(/(?<=>|^)\n\s*(?=<|$)/g, "").replace(/\n\s*/g, " ");
}
