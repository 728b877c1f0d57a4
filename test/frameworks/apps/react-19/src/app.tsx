import "@credits-kit/widgets/credits-balance/define";
import "@credits-kit/widgets/credits-grants-table/define";
import "@credits-kit/widgets/credits-session/define";
import type { CreditsTopUpRequestEvent } from "@credits-kit/widgets";
import type {} from "@credits-kit/widgets/jsx";
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
        <credits-session api-base={API} customer={workspace} fetchSession={() => fetchSession(workspace)}>
          <credits-balance variant={isCompact ? "compact" : "card"} oncredits-top-up-request={buy} />
          <credits-grants-table page-size={10} />
        </credits-session>
      )}
      <p role="status">{asked}</p>
    </>
  );
}
