import type { Inks } from "./inks.ts";

/** What is written around the bars in a picture. */
export interface Caption {
  title: string;
  total: string;
  span: string;
  legend: readonly { label: string; tone: number; value: string }[];
}

interface Sheet {
  inks: Inks;
  font: string;
  isRtl: boolean;
  /** Device pixels per CSS pixel. */
  scale: number;
}

const PADDING_PX = 24;
const HEAD_PX = 84;
const ROW_PX = 24;

/** The bars with their title and legend, on the card's own ground. */
export async function pictureOf(
  bars: HTMLCanvasElement,
  { title, total, span, legend }: Caption,
  { inks, font, isRtl, scale }: Sheet,
): Promise<Blob | null> {
  const [width, height] = [bars.width / scale, bars.height / scale];
  const canvas = document.createElement("canvas");
  const columns = Math.max(1, Math.min(legend.length, Math.floor(width / 240)));
  const rows = Math.ceil(legend.length / columns);
  const size = {
    width: width + 2 * PADDING_PX,
    height: HEAD_PX + height + PADDING_PX + rows * ROW_PX + PADDING_PX,
  };
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.scale(scale, scale);
  context.fillStyle = inks.surface;
  context.fillRect(0, 0, size.width, size.height);
  context.direction = isRtl ? "rtl" : "ltr";
  context.textBaseline = "middle";
  /** A place counted from where lines begin. */
  const at = (x: number) => (isRtl ? size.width - x : x);
  const write = (
    text: string,
    style: { x: number; y: number; size: number; weight?: number; muted?: boolean },
  ) => {
    context.font = `${style.weight ?? 400} ${style.size}px ${font}`;
    context.fillStyle = style.muted ? inks.muted : inks.text;
    context.textAlign = "start";
    context.fillText(text, at(style.x), style.y);
  };
  write(title, { x: PADDING_PX, y: 26, size: 14, weight: 500, muted: true });
  write(total, { x: PADDING_PX, y: 48, size: 20, weight: 600 });
  write(span, { x: PADDING_PX, y: 70, size: 13, muted: true });
  context.drawImage(bars, PADDING_PX, HEAD_PX, width, height);
  legend.forEach(({ label, tone, value }, index) => {
    const column = width / columns;
    const x = PADDING_PX + (index % columns) * column;
    const y = HEAD_PX + height + PADDING_PX + (Math.floor(index / columns) + 0.5) * ROW_PX;
    context.fillStyle = inks.tones[tone] ?? inks.muted;
    context.beginPath();
    context.roundRect(at(x) - (isRtl ? 12 : 0), y - 6, 12, 12, 3);
    context.fill();
    context.save();
    context.beginPath();
    context.rect(isRtl ? at(x + column - 8) : x, y - ROW_PX / 2, column - 8, ROW_PX);
    context.clip();
    write(`${label}  ${value}`, { x: x + 20, y, size: 13 });
    context.restore();
  });
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
