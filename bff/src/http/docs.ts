import { ERROR_CODES } from "@credits-kit/contract";
import { Router } from "express";

/** The page that the `type` of every problem points at: each error code with its status and title. */
export function docs(): Router {
  const rows = Object.entries(ERROR_CODES)
    .map(([code, { status, title }]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`)
    .join("\n");
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Credits Kit: error codes</title>
<h1>Error codes</h1>
<p>The whole API is described at <a href="/openapi.json">/openapi.json</a>.</p>
<table>
<thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</html>
`;
  const router = Router();
  router.get(["/", "/errors"], (_request, response) => void response.type("html").send(page));
  return router;
}
