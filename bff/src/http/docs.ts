import { ERROR_CODES } from "@credits-kit/contract";
import type { RequestHandler } from "express";

/** The page that the `type` of every problem points at: each error code with its status and title. */
export function docs(): RequestHandler {
  const rows = Object.entries(ERROR_CODES)
    .map(
      ([code, { status, title }]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
    )
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
  return (request, response, next) => {
    if (request.method !== "GET" || !["/", "/errors"].includes(request.path)) return next();
    response.type("html").send(page);
  };
}
