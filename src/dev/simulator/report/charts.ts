import { bar, document, dot, HUES, legend, line, path, text, WIDTH } from "./svg.ts";

const LEFT = 270;
const RIGHT = WIDTH - 90;
const TOP = 84;
const ROW = 34;

export interface BarRow {
  readonly name: string;
  /** One after the other along the row. */
  readonly values: readonly number[];
  readonly label: string;
}

interface Axis {
  readonly most: number;
  readonly ticks: readonly number[];
  readonly show: (value: number) => string;
  /** A dashed line that the values should not pass. */
  readonly limit?: number;
}

/** Rows of bars; several values of a row are laid end to end. */
export function barChart(
  title: string,
  note: string,
  names: readonly string[],
  rows: readonly BarRow[],
  axis: Axis,
): string {
  const bottom = TOP + rows.length * ROW;
  const x = (value: number) => LEFT + ((RIGHT - LEFT) * Math.max(0, value)) / axis.most;
  const body = [legend(LEFT, TOP - 14, names), ...verticals(axis, x, bottom)];
  rows.forEach(({ name, values, label }, row) => {
    const y = TOP + row * ROW;
    body.push(text(LEFT - 12, y + 22, name, "end"));
    let sum = 0;
    values.forEach((value, index) => {
      body.push(bar(x(sum), y + 8, x(sum + value) - x(sum), ROW - 14, HUES[index]!));
      sum += Math.max(0, value);
    });
    // A label never lies across the dashed line.
    const crosses = axis.limit !== undefined && sum < axis.limit;
    body.push(text((crosses ? x(axis.limit) : x(sum)) + 8, y + 22, label));
  });
  return document(title, note, bottom + 34, body);
}

export interface DotRow {
  readonly name: string;
  /** By name: with the seller, and without him (hollow). */
  readonly dots: readonly { readonly value: number; readonly without: number }[];
}

export function dotChart(
  title: string,
  note: string,
  names: readonly string[],
  rows: readonly DotRow[],
  axis: Axis,
): string {
  const bottom = TOP + rows.length * (ROW + 14);
  const x = (value: number) => LEFT + ((RIGHT - LEFT) * value) / axis.most;
  const body = [legend(LEFT, TOP - 14, names), ...verticals(axis, x, bottom)];
  rows.forEach(({ name, dots }, row) => {
    const y = TOP + row * (ROW + 14);
    body.push(text(LEFT - 12, y + 28, name, "end"));
    dots.forEach(({ value, without }, index) => {
      const level = y + 10 + index * 13;
      const hue = HUES[index]!;
      body.push(line(x(value), level, x(without), level, "grid"));
      body.push(dot(x(without), level, hue, true), dot(x(value), level, hue));
    });
  });
  return document(title, note, bottom + 34, body);
}

export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

/** Curves over a common horizontal axis, named at their ends. */
export function lineChart(title: string, note: string, curves: readonly Curve[], across: Axis, up: Axis): string {
  const [left, right, top, bottom] = [70, WIDTH - 190, 74, 344];
  const x = (value: number) => left + ((right - left) * value) / across.most;
  const y = (value: number) => bottom - ((bottom - top) * value) / up.most;
  const body: string[] = [];
  for (const tick of up.ticks) {
    body.push(line(left, y(tick), right, y(tick), "grid"), text(left - 8, y(tick) + 4, up.show(tick), "soft end"));
  }
  for (const tick of across.ticks) body.push(text(x(tick), bottom + 20, across.show(tick), "soft middle"));
  if (up.limit !== undefined) body.push(line(left, y(up.limit), right, y(up.limit), "limit"));
  let lowest = Number.NEGATIVE_INFINITY;
  const ends = curves.map(({ name, points }, index) => ({ name, index, at: y(points.at(-1)![1]) }));
  for (const { name, index, at } of ends.sort((a, b) => a.at - b.at)) {
    // Names keep apart where curves end together.
    lowest = Math.max(at, lowest + 17);
    body.push(text(right + 12, lowest + 4, name), bar(right + 1, lowest - 5, 6, 10, HUES[index]!));
  }
  curves.forEach(({ points }, index) => {
    const drawn = points.map(([across, height]) => [x(across), y(height)] as const);
    body.push(path(drawn, HUES[index]!), ...drawn.map(([cx, cy]) => dot(cx, cy, HUES[index]!)));
  });
  return document(title, note, bottom + 40, body);
}

export interface Column {
  /** Shown below; empty where there is no room for a name. */
  readonly name: string;
  /** One upon the other. */
  readonly values: readonly number[];
}

/** Columns side by side, each of several values upon one another. */
export function columnChart(
  title: string,
  note: string,
  names: readonly string[],
  columns: readonly Column[],
  up: Axis,
): string {
  const [left, right, top, bottom] = [70, WIDTH - 20, 96, 366];
  const y = (value: number) => bottom - ((bottom - top) * value) / up.most;
  const width = (right - left) / columns.length;
  const body = [legend(left, 72, names)];
  for (const tick of up.ticks)
    body.push(line(left, y(tick), right, y(tick), "grid"), text(left - 8, y(tick) + 4, up.show(tick), "soft end"));
  columns.forEach(({ name, values }, column) => {
    const x = left + column * width;
    let sum = 0;
    values.forEach((value, index) => {
      const height = y(sum) - y(sum + value);
      sum += value;
      if (height > 0) body.push(bar(x + width * 0.1, y(sum), width * 0.8, height, HUES[index]!));
    });
    if (name !== "") body.push(text(x + width / 2, bottom + 20, name, "soft middle"));
  });
  return document(title, note, bottom + 40, body);
}

function verticals(axis: Axis, x: (value: number) => number, bottom: number): string[] {
  const grid = axis.ticks.flatMap((tick) => [
    line(x(tick), TOP, x(tick), bottom, "grid"),
    text(x(tick), bottom + 18, axis.show(tick), "soft middle"),
  ]);
  const limit = axis.limit === undefined ? [] : [line(x(axis.limit), TOP - 4, x(axis.limit), bottom, "limit")];
  return [...grid, ...limit];
}
