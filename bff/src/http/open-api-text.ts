import { buildOpenApi } from "@credits-kit/contract";
import { version } from "../version.ts";

/** The OpenAPI document as text, built when it is first asked for. */
export function openApiText(serverUrl: string): () => string {
  let text: string | null = null;
  return () => (text ??= JSON.stringify(buildOpenApi({ version, serverUrl })));
}
