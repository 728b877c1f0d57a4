/** Leaves out what is public for our own modules only, by `@internal` at its first declaration, and what is not public. */
function withoutInternals() {
  const internals = new Set();
  return {
    name: "without-internals",
    analyzePhase({ ts, node }) {
      const isInternal = ts.getJSDocTags(node).some((tag) => tag.tagName.text === "internal");
      if (ts.isClassElement(node) && isInternal) internals.add(node.name?.getText());
    },
    packageLinkPhase({ customElementsManifest }) {
      const isPublic = ({ name, privacy = "public" }) => privacy === "public" && !internals.has(name);
      for (const { declarations } of customElementsManifest.modules)
        for (const declaration of declarations) declaration.members = declaration.members?.filter(isPublic);
    },
  };
}

/** Events are those that are documented: what the analyser guesses from calls of `dispatchEvent` has no name. */
function withoutGuessedEvents() {
  return {
    name: "without-guessed-events",
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations } of customElementsManifest.modules)
        for (const declaration of declarations)
          declaration.events = declaration.events?.filter(({ description }) => description);
    },
  };
}

/** `@status` and `@since`, of which the analyser knows nothing. */
function withStatus() {
  return {
    name: "with-status",
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isClassDeclaration(node)) return;
      const declaration = moduleDoc.declarations?.find(({ name }) => name === node.name?.getText());
      for (const tag of ts.getJSDocTags(node)) {
        const name = tag.tagName.text;
        if (declaration && (name === "status" || name === "since")) declaration[name] = tag.comment?.trim();
      }
    },
  };
}

/** An attribute that a class declares again is described where its property is. */
function withInheritedDescriptions() {
  return {
    name: "with-inherited-descriptions",
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations } of customElementsManifest.modules)
        for (const { attributes = [], members = [] } of declarations)
          for (const attribute of attributes) {
            const { type, description } = members.find(({ name }) => name === attribute.fieldName) ?? {};
            Object.assign(attribute, {
              type: attribute.type ?? type,
              description: attribute.description ?? description,
            });
          }
    },
  };
}

/** The elements and the classes that they inherit from, as the manifest of the package describes them. */
export default {
  litelement: true,
  packagejson: false,
  globs: [
    "src/credits-*/credits-*.ts",
    "src/{session/session,ui/credits,feed/data,list/list,paying/dialog}-element.ts",
  ],
  exclude: ["src/**/*.test.ts", "src/**/*.{styles,types,events,stories}.ts"],
  plugins: [withoutInternals(), withoutGuessedEvents(), withStatus(), withInheritedDescriptions()],
};
