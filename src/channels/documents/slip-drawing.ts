/** Colours of the site's light theme; paper is always light. */
export const COLOURS = {
  paper: "#fbf6ea",
  sheet: "#ffffff",
  ink: "#26211b",
  inkSoft: "#5f564a",
  line: "#ddd2bc",
  band: "#0f4a3c",
  onBand: "#fbf6ea",
  thread: "#b8294d",
  maize: "#e3a72f",
} as const;

/** Side of the square in which the mark is drawn. */
export const MARK_SIDE = 40;

/** The service's own sign in a square of 40: a person at a window under a stepped arch. */
export const MARK: readonly { readonly path: string; readonly fill: string }[] = [
  { path: "M6 40V20h4v-6h5V8h10v6h5v6h4v20z", fill: COLOURS.onBand },
  { path: "M20 17a5 5 0 1 1 0 10a5 5 0 1 1 0-10z", fill: COLOURS.maize },
  { path: "M6 30h28v4H6z", fill: COLOURS.thread },
];
