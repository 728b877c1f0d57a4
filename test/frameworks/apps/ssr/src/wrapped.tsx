import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { Page } from "./wrapped-page.tsx";

const { api = "" } = document.body.dataset;
const place = document.querySelector("#app");
if (place)
  hydrateRoot(
    place,
    <StrictMode>
      <Page api={api} />
    </StrictMode>,
  );
