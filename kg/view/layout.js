// Where the nodes stand: worked out from the graph alone, so that the same graph always looks the same.

const SPACING = 80; // the length that an edge would like to have
const WIDE = 1.9; // screens are wider than high, and so are labels
const FAR = 4 * SPACING; // nodes further apart than this leave each other alone
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

// Boxes of given width and height joined by edges ([from, to]): a Map of centres by id.
export function springs(boxes, edges) {
  const parts = components(boxes, edges).map((part) => apart(pulled(part), part.boxes));
  return packed(parts);
}

// Connected parts, the largest first; boxes without an edge are one part, in rows.
function components(boxes, edges) {
  const near = new Map(boxes.map((box) => [box.id, []]));
  for (const [a, b] of edges)
    if (a !== b) {
      near.get(a).push(b);
      near.get(b).push(a);
    }
  const seen = new Set();
  const parts = [];
  const sorted = [...boxes].sort((a, b) => near.get(b.id).length - near.get(a.id).length || (a.id < b.id ? -1 : 1));
  for (const { id } of sorted) {
    if (seen.has(id)) continue;
    const order = [id];
    seen.add(id);
    // breadth first, neighbours in order, keeps branches together
    for (const at of order)
      for (const next of [...new Set(near.get(at))].sort())
        if (!seen.has(next)) {
          seen.add(next);
          order.push(next);
        }
    parts.push(order);
  }
  const of = new Map(boxes.map((box) => [box.id, box]));
  return parts.map((order) => ({ order, near, boxes: order.map((id) => of.get(id)) }));
}

// Fruchterman and Reingold's model: edges pull, near nodes push, and the steps get shorter.
function pulled({ order, near }) {
  const many = order.length;
  const index = new Map(order.map((id, i) => [id, i]));
  const x = Float64Array.from(order, (_, i) => SPACING * Math.sqrt(i) * Math.cos(i * GOLDEN));
  const y = Float64Array.from(order, (_, i) => SPACING * Math.sqrt(i) * Math.sin(i * GOLDEN));
  const pairs = order.flatMap((id, i) =>
    [...new Set(near.get(id))]
      .map((other) => index.get(other))
      .filter((j) => j > i)
      .map((j) => [i, j]),
  );
  const [dx, dy] = [new Float64Array(many), new Float64Array(many)];
  // two nodes along the line between them: apart where `by` is positive, together where it is negative
  const push = (i, j, ex, ey, by) => {
    dx[i] += ex * by;
    dy[i] += ey * by;
    dx[j] -= ex * by;
    dy[j] -= ey * by;
  };
  const rounds = Math.max(80, Math.min(200, Math.round(40000 / many)));
  const middle = 0.6 / Math.sqrt(many);
  for (let step = 0; step < rounds; step += 1) {
    for (let i = 0; i < many; i += 1) {
      dx[i] = -middle * x[i];
      dy[i] = -middle * y[i];
    }
    for (let i = 0; i < many; i += 1) {
      for (let j = i + 1; j < many; j += 1) {
        let ex = x[i] - x[j];
        let ey = y[i] - y[j];
        if (ex > FAR || ex < -FAR || ey > FAR || ey < -FAR) continue;
        // two nodes in one place go apart in a direction that depends on their numbers alone
        if (ex === 0 && ey === 0) [ex, ey] = [Math.cos(i + GOLDEN * j), Math.sin(i + GOLDEN * j)];
        push(i, j, ex, ey, (SPACING * SPACING) / (ex * ex + ey * ey));
      }
    }
    for (const [i, j] of pairs) {
      const [ex, ey] = [x[i] - x[j], y[i] - y[j]];
      push(i, j, ex, ey, -Math.sqrt(ex * ex + ey * ey) / SPACING);
    }
    const longest = SPACING * (1 - step / rounds) + 1;
    for (let i = 0; i < many; i += 1) {
      const cutShort = Math.min(1, longest / (Math.sqrt(dx[i] * dx[i] + dy[i] * dy[i]) || 1));
      x[i] += dx[i] * cutShort;
      y[i] += dy[i] * cutShort;
    }
  }
  return level(order, [...x], [...y]);
}

// The picture turned so that its longest axis lies level, as a screen does.
function level(order, x, y) {
  const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const across = mean(x.map((_, i) => (x[i] - mx) ** 2 - (y[i] - my) ** 2));
  const turn = Math.atan2(2 * mean(x.map((_, i) => (x[i] - mx) * (y[i] - my))), across) / 2;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return new Map(
    order.map((id, i) => [
      id,
      { x: ((x[i] - mx) * cos + (y[i] - my) * sin) * WIDE, y: (y[i] - my) * cos - (x[i] - mx) * sin },
    ]),
  );
}

// The same picture with the boxes pushed apart until none lies over another.
function apart(at, boxes) {
  for (let turn = 0; turn < 400; turn += 1) {
    let moved = false;
    const sorted = [...boxes].sort(
      (a, b) => at.get(a.id).x - a.width / 2 - (at.get(b.id).x - b.width / 2) || (a.id < b.id ? -1 : 1),
    );
    for (const [i, a] of sorted.entries()) {
      const pa = at.get(a.id);
      for (let j = i + 1; j < sorted.length; j += 1) {
        const b = sorted[j];
        const pb = at.get(b.id);
        const overX = (a.width + b.width) / 2 - Math.abs(pa.x - pb.x);
        if (pb.x - b.width / 2 > pa.x + a.width / 2) break;
        const overY = (a.height + b.height) / 2 - Math.abs(pa.y - pb.y);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        // compared with the boxes: by mere pixels, flat boxes would always move up and down, into columns
        if (overX * (a.height + b.height) < overY * (a.width + b.width)) {
          const half = (Math.sign(pa.x - pb.x) || 1) * (overX / 2 + 0.5);
          pa.x += half;
          pb.x -= half;
        } else {
          const half = (Math.sign(pa.y - pb.y) || 1) * (overY / 2 + 0.5);
          pa.y += half;
          pb.y -= half;
        }
      }
    }
    if (!moved) break;
    // a crowd that pushes in circles gets more room
    if (turn % 40 === 39)
      for (const point of at.values()) {
        point.x *= 1.08;
        point.y *= 1.08;
      }
  }
  const [left, top] = [
    Math.min(...boxes.map((b) => at.get(b.id).x - b.width / 2)),
    Math.min(...boxes.map((b) => at.get(b.id).y - b.height / 2)),
  ];
  const [right, bottom] = [
    Math.max(...boxes.map((b) => at.get(b.id).x + b.width / 2)),
    Math.max(...boxes.map((b) => at.get(b.id).y + b.height / 2)),
  ];
  return { at, left, top, width: right - left, height: bottom - top };
}

// Pictures in rows, the highest first, as wide as fills a screen best.
function packed(parts) {
  const gap = 40;
  const sorted = parts
    .map((part, i) => ({ part, i }))
    .sort((a, b) => b.part.height - a.part.height || a.i - b.i)
    .map(({ part }) => part);
  const area = sorted.reduce((sum, part) => sum + (part.width + gap) * (part.height + gap), 0);
  const rows = (limit) => {
    const spots = [];
    let [x, y, row, widest] = [0, 0, 0, 0];
    for (const part of sorted) {
      if (x && x + part.width > limit) {
        y += row + gap;
        x = 0;
        row = 0;
      }
      spots.push([x, y]);
      x += part.width + gap;
      row = Math.max(row, part.height);
      widest = Math.max(widest, x);
    }
    return { spots, size: Math.max(widest / WIDE, y + row) };
  };
  const tried = Array.from({ length: 13 }, (_, i) => rows(Math.sqrt(area * WIDE) * (0.8 + i / 10)));
  const best = tried.reduce((a, b) => (b.size < a.size ? b : a), tried[0] ?? { spots: [] });
  const placed = new Map();
  sorted.forEach((part, i) => {
    for (const [id, { x, y }] of part.at)
      placed.set(id, {
        x: Math.round(x - part.left + best.spots[i][0]),
        y: Math.round(y - part.top + best.spots[i][1]),
      });
  });
  return placed;
}

// Two columns, the left in its order, the right beside what leads to it: [id, …], [id, …], edges [from, to, weight].
export function columns(left, right, edges, { width, height }) {
  const at = new Map();
  const line = (ids, x) => ids.forEach((id, i) => at.set(id, { x, y: Math.round(((i + 0.5) * height) / ids.length) }));
  line(left, 0);
  const pull = new Map(right.map((id) => [id, [0, 0]]));
  for (const [from, to, weight] of edges) {
    const of = pull.get(to);
    if (of && at.has(from)) {
      of[0] += at.get(from).y * weight;
      of[1] += weight;
    }
  }
  const wish = new Map(right.map((id, i) => [id, pull.get(id)[1] ? pull.get(id)[0] / pull.get(id)[1] : height + i]));
  line(
    [...right].sort((a, b) => wish.get(a) - wish.get(b) || right.indexOf(a) - right.indexOf(b)),
    width,
  );
  return at;
}
