// Reads the outlines of a TrueType font (OpenType specification 1.9, tables head, hhea, hmtx, cmap, loca and glyf), so
// that letters can be drawn as paths and no reader of a picture needs the font.

/** One letter's shape, in thousandths of the font size, y downwards as in SVG. */
export interface Outline {
  /** SVG path data; empty for a space. */
  readonly path: string;
  /** How far the next letter stands. */
  readonly advance: number;
  /** Height above and depth below the base line of what is drawn. */
  readonly height: number;
  readonly depth: number;
}

export interface TrueTypeFont {
  /** Nothing where the font has no such letter. */
  readonly outlineOf: (codePoint: number) => Outline | undefined;
}

/** A font from the bytes of its file. Throws RangeError for a file that is cut short. */
export function trueTypeFont(bytes: Uint8Array): TrueTypeFont {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = tablesOf(view);
  const head = tables.get("head")!;
  const font: FontTables = {
    view,
    glyf: tables.get("glyf")!,
    loca: tables.get("loca")!,
    hmtx: tables.get("hmtx")!,
    longOffsets: view.getInt16(head + 50) === 1,
    advances: view.getUint16(tables.get("hhea")! + 34),
    scale: 1000 / view.getUint16(head + 18),
  };
  const glyphs = characterMap(view, tables.get("cmap")!);
  const known = new Map<number, Outline>();
  return {
    outlineOf(codePoint) {
      const glyph = glyphs.get(codePoint);
      if (glyph === undefined) return undefined;
      const outline = known.get(codePoint) ?? outlineOf(font, glyph);
      known.set(codePoint, outline);
      return outline;
    },
  };
}

interface FontTables {
  readonly view: DataView;
  readonly glyf: number;
  readonly loca: number;
  readonly hmtx: number;
  readonly longOffsets: boolean;
  /** How many glyphs have an advance of their own; the rest share the last one. */
  readonly advances: number;
  readonly scale: number;
}

function tablesOf(view: DataView): ReadonlyMap<string, number> {
  const count = view.getUint16(4);
  return new Map(
    Array.from({ length: count }, (_, position): [string, number] => {
      const at = 12 + 16 * position;
      const tag = String.fromCharCode(...[0, 1, 2, 3].map((letter) => view.getUint8(at + letter)));
      return [tag, view.getUint32(at + 8)];
    }),
  );
}

/** Glyph by code point, from the first subtable of format 4 (the Basic Multilingual Plane). */
function characterMap(view: DataView, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  for (let row = 0; row < view.getUint16(cmap + 2); row += 1) {
    const at = cmap + view.getUint32(cmap + 4 + 8 * row + 4);
    if (view.getUint16(at) !== 4) continue;
    const segments = view.getUint16(at + 6) / 2;
    for (let segment = 0; segment < segments; segment += 1) readSegment(view, at, segments, segment, glyphs);
    return glyphs;
  }
  return glyphs;
}

function readSegment(
  view: DataView,
  table: number,
  segments: number,
  segment: number,
  glyphs: Map<number, number>,
): void {
  const ends = table + 14 + 2 * segment;
  const starts = ends + 2 * segments + 2;
  const deltas = starts + 2 * segments;
  const offsets = deltas + 2 * segments;
  const [first, last] = [view.getUint16(starts), view.getUint16(ends)];
  const offset = view.getUint16(offsets);
  for (let code = first; code <= last && code < 0xffff; code += 1) {
    const listed = offset === 0 ? code : view.getUint16(offsets + offset + 2 * (code - first));
    const glyph = listed === 0 ? 0 : (listed + view.getUint16(deltas)) & 0xffff;
    if (glyph !== 0) glyphs.set(code, glyph);
  }
}

function outlineOf(font: FontTables, glyph: number): Outline {
  const { view, hmtx, advances, scale } = font;
  const advance = view.getUint16(hmtx + 4 * Math.min(glyph, advances - 1)) * scale;
  const at = glyphAt(font, glyph);
  if (at === undefined) return { path: "", advance, height: 0, depth: 0 };
  const [bottom, top] = [view.getInt16(at + 4), view.getInt16(at + 8)];
  const path = contoursOf(font, glyph)
    .map((contour) => contourPath(contour, scale))
    .join("");
  return { path, advance, height: top * scale, depth: -bottom * scale };
}

/** Where a glyph's data begin; nothing for one without an outline. */
function glyphAt({ view, glyf, loca, longOffsets }: FontTables, glyph: number): number | undefined {
  const offset = (position: number) =>
    longOffsets ? view.getUint32(loca + 4 * position) : 2 * view.getUint16(loca + 2 * position);
  return offset(glyph) === offset(glyph + 1) ? undefined : glyf + offset(glyph);
}

interface Point {
  readonly x: number;
  readonly y: number;
  /** On the curve; else a control point of a quadratic curve. */
  readonly on: boolean;
}

type Contour = readonly Point[];

function contoursOf(font: FontTables, glyph: number): readonly Contour[] {
  const at = glyphAt(font, glyph);
  if (at === undefined) return [];
  const count = font.view.getInt16(at);
  return count < 0 ? composite(font, at + 10) : simple(font.view, at + 10, count);
}

/** Flags of a point (glyf table, simple glyph description). */
const flag = { on: 1, shortX: 2, shortY: 4, repeat: 8, sameX: 16, sameY: 32 } as const;

function simple(view: DataView, at: number, count: number): readonly Contour[] {
  const ends = Array.from({ length: count }, (_, contour) => view.getUint16(at + 2 * contour));
  const points = (ends.at(-1) ?? -1) + 1;
  let next = at + 2 * count;
  next += 2 + view.getUint16(next);
  const flags: number[] = [];
  while (flags.length < points) {
    const value = view.getUint8(next++);
    const times = value & flag.repeat ? 1 + view.getUint8(next++) : 1;
    for (let time = 0; time < times; time += 1) flags.push(value);
  }
  const along = (short: number, same: number): number[] => {
    let position = 0;
    return flags.map((value) => {
      if (value & short) position += (value & same ? 1 : -1) * view.getUint8(next++);
      else if (!(value & same)) {
        position += view.getInt16(next);
        next += 2;
      }
      return position;
    });
  };
  const xs = along(flag.shortX, flag.sameX);
  const ys = along(flag.shortY, flag.sameY);
  const all = flags.map(
    (value, point): Point => ({ x: xs[point]!, y: ys[point]!, on: (value & flag.on) !== 0 }),
  );
  return ends.map((end, contour) => all.slice(contour === 0 ? 0 : ends[contour - 1]! + 1, end + 1));
}

/** Flags of a part (glyf table, composite glyph description). */
const part = { words: 1, offsets: 2, scale: 8, more: 32, scales: 64, matrix: 128 } as const;

/** A glyph made of others, each moved by an offset; no font that we read scales its parts. */
function composite(font: FontTables, start: number): readonly Contour[] {
  const { view } = font;
  const contours: Contour[] = [];
  let at = start;
  let flags: number;
  do {
    flags = view.getUint16(at);
    const glyph = view.getUint16(at + 2);
    const wide = (flags & part.words) !== 0;
    const [dx, dy] = wide
      ? [view.getInt16(at + 4), view.getInt16(at + 6)]
      : [view.getInt8(at + 4), view.getInt8(at + 5)];
    at += (wide ? 8 : 6) + (flags & part.scale ? 2 : flags & part.scales ? 4 : flags & part.matrix ? 8 : 0);
    const moved = contoursOf(font, glyph).map((contour) =>
      contour.map(({ x, y, on }) => ({ x: x + dx, y: y + dy, on })),
    );
    contours.push(...moved);
  } while (flags & part.more);
  return contours;
}

/** A closed contour as quadratic curves; between two control points lies a point on the curve, half way. */
function contourPath(contour: Contour, scale: number): string {
  if (contour.length < 2) return "";
  const points = contour.flatMap((point, position): readonly Point[] => {
    const next = contour[(position + 1) % contour.length]!;
    return point.on || next.on
      ? [point]
      : [point, { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2, on: true }];
  });
  const first = points.findIndex(({ on }) => on);
  const turned = [...points.slice(first), ...points.slice(0, first)];
  const spelled = ({ x, y }: Point) => `${Math.round(x * scale)} ${Math.round(-y * scale)}`;
  const pieces = [`M${spelled(turned[0]!)}`];
  for (let position = 1; position < turned.length; position += 1) {
    const point = turned[position]!;
    if (point.on) pieces.push(`L${spelled(point)}`);
    else {
      position += 1;
      pieces.push(`Q${spelled(point)} ${spelled(turned[position % turned.length]!)}`);
    }
  }
  return `${pieces.join("")}Z`;
}
