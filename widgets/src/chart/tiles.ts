const SIZE_PX = 8;

type Stroke = [fromX: number, fromY: number, toX: number, toY: number];

/** Lines of each pattern on a tile of 8 by 8, past its edges so that tiles join. By tone; the last is for what is ahead. */
const STROKES: Stroke[][] = [
  [[3, 4, 5, 4]],
  Array.from({ length: SIZE_PX }, (_, row): Stroke => [0, row + 0.5, SIZE_PX, row + 0.5]),
  [
    [0, 8, 8, 0],
    [-2, 2, 2, -2],
    [6, 10, 10, 6],
  ],
  [
    [0, 0, 8, 8],
    [-2, 6, 2, 10],
    [6, -2, 10, 2],
  ],
  [
    [0, 2, 8, 2],
    [0, 6, 8, 6],
  ],
  [
    [2, 0, 2, 8],
    [6, 0, 6, 8],
  ],
  [
    [1, 2, 3, 2],
    [5, 6, 7, 6],
  ],
  [
    [0, 4, 8, 4],
    [4, 0, 4, 8],
  ],
  [
    [0, 0, 8, 8],
    [0, 8, 8, 0],
  ],
  [
    [0, 8, 8, 0],
    [-2, 2, 2, -2],
    [6, 10, 10, 6],
  ],
];

interface Tile {
  kind: number;
  ink: string;
  ground: string;
}

/** A pattern of lines, which is told apart without colours. */
export function tileOf(context: CanvasRenderingContext2D, { kind, ink, ground }: Tile): CanvasPattern | null {
  const scale = devicePixelRatio;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.round(SIZE_PX * scale);
  const tile = canvas.getContext("2d");
  if (!tile) return null;
  tile.scale(canvas.width / SIZE_PX, canvas.width / SIZE_PX);
  tile.fillStyle = ground;
  tile.fillRect(0, 0, SIZE_PX, SIZE_PX);
  tile.strokeStyle = ink;
  tile.lineWidth = kind === 0 || kind === 6 ? 2 : 1;
  tile.beginPath();
  for (const [fromX, fromY, toX, toY] of STROKES[kind % STROKES.length] ?? []) {
    tile.moveTo(fromX, fromY);
    tile.lineTo(toX, toY);
  }
  tile.stroke();
  const pattern = context.createPattern(canvas, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern;
}
