// Reads a picture back from its SVG text alone: where the letters of each label are, which circle or box a node has, and
// where each edge begins and ends. Boxes are computed from the outlines that are drawn, not from anything that is said.
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Shape {
  readonly kind: "circle" | "box" | "bare";
  readonly area: Rectangle;
}

export interface ReadPicture {
  readonly width: number;
  readonly height: number;
  readonly labels: readonly Rectangle[];
  /** Those of the labels that stand beside a node. */
  readonly notes: readonly Rectangle[];
  readonly nodes: ReadonlyMap<string, Shape>;
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
}

export function readPicture(svg: string): ReadPicture {
  const outlines = new Map(
    [...svg.matchAll(/<path id="([^"]+)" d="([^"]*)"\/>/g)].map(([, id = "", d = ""]) => [id, pointsOf(d)]),
  );
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
  const labels = [...svg.matchAll(/<g class="t [a-z]+" data-label="([a-z]+)">(.*?)<\/g>/gs)].map(
    ([, place = "", inner = ""]) => ({ place, ink: inkOf(inner, outlines) }),
  );
  return {
    width: Number(width),
    height: Number(height),
    labels: labels.map(({ ink }) => ink),
    notes: labels.filter(({ place }) => place === "note").map(({ ink }) => ink),
    nodes: new Map(
      [...svg.matchAll(/<g data-node="([^"]*)">(<(?:circle|rect|g) [^>]*>)(.*?<\/g>)/gs)].map(
        ([, id = "", shape = "", inner = ""]) => [id, shapeOf(shape, inner, outlines)],
      ),
    ),
    edges: [...svg.matchAll(/<path class="e [^"]*" data-from="([^"]*)" data-to="([^"]*)" d="([^"]*)"/g)].map(
      ([, from = "", to = "", d = ""]) => ({ from, to, points: pointsOf(d) }),
    ),
  };
}

function pointsOf(path: string): readonly (readonly [number, number])[] {
  const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, at) => [numbers[2 * at]!, numbers[2 * at + 1]!]);
}

function inkOf(
  inner: string,
  outlines: ReadonlyMap<string, readonly (readonly [number, number])[]>,
): Rectangle {
  const letters = [
    ...inner.matchAll(/<use href="#([^"]+)" transform="translate\((\S+) (\S+)\)scale\((\S+)\)"\/>/g),
  ].flatMap(([, id = "", x, y, scale]) =>
    outlines
      .get(id)!
      .map(([dx, dy]) => [Number(x) + dx * Number(scale), Number(y) + dy * Number(scale)] as const),
  );
  const bars = [...inner.matchAll(/<(?:rect|svg) x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)].flatMap(
    ([, x, y, width, height]) =>
      [
        [Number(x), Number(y)],
        [Number(x) + Number(width), Number(y) + Number(height)],
      ] as const,
  );
  const points = [...letters, ...bars];
  return {
    left: Math.min(...points.map(([x]) => x)),
    top: Math.min(...points.map(([, y]) => y)),
    right: Math.max(...points.map(([x]) => x)),
    bottom: Math.max(...points.map(([, y]) => y)),
  };
}

function shapeOf(
  shape: string,
  inner: string,
  outlines: ReadonlyMap<string, readonly (readonly [number, number])[]>,
): Shape {
  const number = (name: string) => Number(new RegExp(` ${name}="([^"]+)"`).exec(shape)?.[1]);
  if (shape.startsWith("<circle")) {
    const [x, y, r] = [number("cx"), number("cy"), number("r")];
    return { kind: "circle", area: { left: x - r, top: y - r, right: x + r, bottom: y + r } };
  }
  if (shape.startsWith("<rect")) {
    const [x, y] = [number("x"), number("y")];
    return {
      kind: "box",
      area: { left: x, top: y, right: x + number("width"), bottom: y + number("height") },
    };
  }
  return { kind: "bare", area: inkOf(inner, outlines) };
}

/** How far a point is from the border of a shape; px. */
export function distanceFrom({ kind, area }: Shape, [x, y]: readonly [number, number]): number {
  const [middleX, middleY] = [(area.left + area.right) / 2, (area.top + area.bottom) / 2];
  if (kind === "circle") return Math.abs(Math.hypot(x - middleX, y - middleY) - (area.right - area.left) / 2);
  const [outsideX, outsideY] = [
    Math.abs(x - middleX) - (area.right - area.left) / 2,
    Math.abs(y - middleY) - (area.bottom - area.top) / 2,
  ];
  return Math.abs(Math.max(outsideX, outsideY));
}

/** Whether a point is inside a shape; none is inside a label by itself. */
export function isWithin({ kind, area }: Shape, [x, y]: readonly [number, number]): boolean {
  if (kind === "bare") return false;
  if (kind === "box") return isInside(area, [x, y]);
  const radius = (area.right - area.left) / 2;
  return Math.hypot(x - area.left - radius, y - area.top - radius) < radius;
}

export function isInside(
  { left, top, right, bottom }: Rectangle,
  [x, y]: readonly [number, number],
): boolean {
  return left < x && x < right && top < y && y < bottom;
}

export function overlap(left: Rectangle, right: Rectangle): boolean {
  return (
    left.left < right.right && right.left < left.right && left.top < right.bottom && right.top < left.bottom
  );
}
