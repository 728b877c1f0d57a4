/* global HTMLButtonElement */
import { drain, newId, StudioError } from "./api.js";
import { find } from "./words.js";

/**
 * The button that burns nearly everything, to watch an auto top-up.
 * @param {{ applied: (generated: import("./api.js").Generated) => void }} wireLog
 */
export function createDrain(wireLog) {
  const button = find("#drain", HTMLButtonElement);
  const note = find("#drain-note", HTMLElement);
  const idleNote = note.textContent ?? "";

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      wireLog.applied(await drain(newId()));
      note.textContent = idleNote;
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      note.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
}
