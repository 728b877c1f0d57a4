// Everything here is imported where there is no page: the elements with their `define`, the classes, and the components.
import "@credits-kit/widgets/define";
import { CreditsBalance } from "@credits-kit/widgets/credits-balance";
import { createServerClient } from "@credits-kit/client/server";
import express from "express";
import { readFile } from "node:fs/promises";
import { renderToString as renderReact } from "react-dom/server";
import { render as renderSvelte } from "svelte/server";
import { createSSRApp } from "vue";
import { renderToString as renderVue } from "vue/server-renderer";
import { Page as ReactPage } from "./react-page.tsx";
import SveltePage from "./svelte-page.svelte";
import VuePage from "./vue-page.vue";
import { Page as WrappedPage } from "./wrapped-page.tsx";

const { CREDITS_API = "", CREDITS_KEY = "" } = process.env;
const credits = createServerClient({ baseUrl: CREDITS_API, apiKey: CREDITS_KEY });

const pages: Record<string, () => string | Promise<string>> = {
  plain: () => `<h1>Plain</h1><credits-balance session-url="/credits-session"></credits-balance><p>Below</p>`,
  react: () => renderReact(<ReactPage api={CREDITS_API} />),
  wrapped: () => renderReact(<WrappedPage api={CREDITS_API} />),
  vue: () => renderVue(createSSRApp(VuePage, { api: CREDITS_API })),
  svelte: () => renderSvelte(SveltePage, { props: { api: CREDITS_API } }).body,
};

const app = express();
app.post("/credits-session", async (_request, response) => {
  response.json(await credits.widgetSessions.create({ customerId: "acme", scopes: ["read", "top_up"] }));
});
app.get("/pages/:name", async (request, response) => {
  const { name } = request.params;
  const script = name === "plain" ? `${CREDITS_API}/cdn/latest/credits-balance.js` : `/${name}.js`;
  response.type("html").send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>${CreditsBalance.name}</title>
<style>${await readFile("reserved.css", "utf8")}</style>
<script type="module" src="${script}"></script>
</head>
<body data-api="${CREDITS_API}"><div id="app">${await pages[name]?.()}</div></body>
</html>`);
});
app.use(express.static("dist"));
const server = app.listen(0, () => {
  const address = server.address();
  console.log(address !== null && typeof address === "object" ? `http://localhost:${address.port}` : "");
});
