import type { CreditsBalance } from "@credits-kit/widgets";
import "@credits-kit/widgets/credits-balance/define";
import type {} from "@credits-kit/widgets/jsx";

export function Page({ api }: { api: string }) {
  return (
    <>
      <h1>React</h1>
      <credits-balance
        ref={listen}
        session-url="/credits-session"
        api-base={api}
        theme="light"
        variant="card"
      />
      <p>Below</p>
    </>
  );
}

/** React 19 takes over the attributes of a tag from a server, not its properties and listeners: a ref sets these. */
function listen(element: CreditsBalance): () => void {
  const tell = () => document.body.setAttribute("data-loaded", "");
  element.addEventListener("credits-balance-load", tell);
  return () => element.removeEventListener("credits-balance-load", tell);
}
