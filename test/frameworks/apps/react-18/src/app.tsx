import { CreditsBalance, CreditsSession } from "@credits-kit/react";
import type { CreditsTopUpRequestEvent } from "@credits-kit/widgets";
import { useState } from "react";
import { API, fetchSession } from "./session.ts";

export function App() {
  const [workspace, setWorkspace] = useState("acme");
  const [isCompact, setCompact] = useState(false);
  const [isOpen, setOpen] = useState(true);
  const [asked, setAsked] = useState("");

  function buy(event: CreditsTopUpRequestEvent) {
    event.preventDefault();
    setAsked(`More ${event.detail.creditTypeId} for ${workspace}`);
  }

  return (
    <>
      <select aria-label="Workspace" value={workspace} onChange={(event) => setWorkspace(event.target.value)}>
        <option>acme</option>
        <option>globex</option>
      </select>
      <button onClick={() => setCompact(!isCompact)}>Compact</button>
      <button onClick={() => setOpen(!isOpen)}>Show or hide</button>
      {isOpen && (
        <CreditsSession apiBase={API} customer={workspace} fetchSession={() => fetchSession(workspace)}>
          <CreditsBalance variant={isCompact ? "compact" : "card"} onTopUpRequest={buy} />
        </CreditsSession>
      )}
      <p role="status">{asked}</p>
    </>
  );
}
