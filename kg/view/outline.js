// The shapes of the classes, for canvas and SVG alike.

const star = Array.from({ length: 10 }, (_, i) => {
  const [turn, far] = [-Math.PI / 2 + (i * Math.PI) / 5, i % 2 ? 0.5 : 1.2];
  return [far * Math.cos(turn), far * Math.sin(turn)];
});
const OUTLINES = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  diamond: [
    [0, -1.2],
    [1.2, 0],
    [0, 1.2],
    [-1.2, 0],
  ],
  triangle: [
    [0, -1.1],
    [1.1, 0.8],
    [-1.1, 0.8],
  ],
  triangleDown: [
    [0, 1.1],
    [1.1, -0.8],
    [-1.1, -0.8],
  ],
  box: [
    [-1.2, -0.7],
    [1.2, -0.7],
    [1.2, 0.7],
    [-1.2, 0.7],
  ],
  star,
};

// The corners of a shape around a point; null is a circle.
export const corners = (shape, x, y, r) => OUTLINES[shape]?.map(([dx, dy]) => [x + r * dx, y + r * dy]) ?? null;

export function trace(ctx, shape, x, y, r) {
  const points = corners(shape, x, y, r);
  ctx.beginPath();
  if (points) points.forEach(([px, py], i) => (i ? ctx.lineTo(px, py) : ctx.moveTo(px, py)));
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.closePath();
}
