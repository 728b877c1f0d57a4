import { aurora, silk } from "./loops.js";

const SKY_WORDS = /aurora|north|night|sky|star|lights|winter/i;
const LOOP_MS = 9_000;
const FRAME_MS = 1000 / 24;

/**
 * A film with its button. It plays by itself only where motion is welcome, and only while it is on the screen.
 * @param {{ random: () => number, palette: import("./palettes.js").Palette, title: string }} idea
 * @returns {HTMLElement}
 */
export function showFilm({ random, palette, title }) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [560, 420];
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `A film: ${title}`);
  const paint = canvas.getContext("2d");
  const draft = SKY_WORDS.test(title) || random() < 0.4 ? aurora : silk;
  const frame = draft({
    random,
    palette,
    width: canvas.width,
    height: canvas.height,
  });

  const button = document.createElement("button");
  button.type = "button";
  button.className = "film-button";
  const film = document.createElement("div");
  film.className = "film";
  film.append(canvas, button);

  let isWanted = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  let isSeen = false;
  let request = 0;
  let playedMs = random() * LOOP_MS;
  let lastMs = 0;

  const draw = () => paint && frame(paint, (playedMs % LOOP_MS) / LOOP_MS);
  const tick = (/** @type {number} */ nowMs) => {
    request = requestAnimationFrame(tick);
    const passedMs = nowMs - lastMs;
    if (passedMs < FRAME_MS - 4) return;
    playedMs += Math.min(passedMs, 100);
    lastMs = nowMs;
    draw();
  };
  const update = () => {
    cancelAnimationFrame(request);
    if (isWanted && isSeen) request = requestAnimationFrame(tick);
    button.dataset.state = isWanted ? "playing" : "paused";
    button.setAttribute("aria-label", `${isWanted ? "Pause" : "Play"} the film: ${title}`);
  };

  button.addEventListener("click", () => {
    isWanted = !isWanted;
    update();
  });
  new IntersectionObserver((entries) => {
    isSeen = entries[entries.length - 1].isIntersecting;
    update();
  }).observe(film);
  draw();
  update();
  return film;
}
