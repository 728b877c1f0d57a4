import { CreditsBalance } from "@credits-kit/react";

export function Page({ api }: { api: string }) {
  return (
    <>
      <h1>Components for React</h1>
      <CreditsBalance
        sessionUrl="/credits-session"
        apiBase={api}
        onBalanceLoad={() => document.body.setAttribute("data-loaded", "")}
      />
      <p>Below</p>
    </>
  );
}
