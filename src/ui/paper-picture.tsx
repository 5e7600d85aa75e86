/** What a layer of a drawing is made of; `papers.css` gives each its colours by day and night. */
type Stuff = "sheet" | "frame" | "lines" | "wash" | "fill" | "inlay" | "gold" | "thread";
type Layer = readonly [stuff: Stuff, path: string];

/** Pieces that several drawings share are written alike, to the letter: a page that has them twice pays once. */
const FIGURE = "a5 5 0 1 0 0 10 5 5 0 0 0 0-10zm-9 25v-6c0-6 4-9 9-9s9 3 9 9v6z";
const BUST = "a3 3 0 1 0 0 6 3 3 0 0 0 0-6zm-5 14c0-4 2-6 5-6s5 2 5 6z";
const FOOTPRINT = "c-3-1-4-4-3-8 0-3 2-5 5-5s4 3 3 6-1 8-5 7zm-4-15h0m3-2h0m4 0h0m3 2h0";
const PEN = "l9-13 4 3-9 13-5 2z";
const CIRCLE = "a8 8 0 1 0 0 16 8 8 0 0 0 0-16z";
const GLOBE = `${CIRCLE}m-8 8h16m-8-8c-5 5-5 11 0 16 5-5 5-11 0-16z`;
const ENTRIES = "h13m-13 6h13m-13 6h8";

const RECORD: readonly Layer[] = [
  ["sheet", "M8 3h32v42H8z"],
  ["frame", "M12 7h24v34H12z"],
];
const SHEET: Layer = ["sheet", "M10 3h21l8 8v34H10zM31 3v8h8"];
const CARD: Layer = ["sheet", "M3 10h42v28H3z"];
const FOOT: Layer = ["wash", `M22 31${FOOTPRINT}`];
const PASSPORT: readonly Layer[] = [
  ["fill", "M10 3h28v42H10z"],
  ["inlay", `M24 11${GLOBE}`],
];
const BADGE: Layer = ["sheet", `M37 29${CIRCLE}`];
const PHONE: Layer = ["sheet", "M12 2h24v44H12z"];

/**
 * Papers as people know them from their own drawer, drawn with few strokes and copied from no real one. They
 * stand beside the words and never instead of them.
 */
const PAPERS = {
  acta: [...RECORD, FOOT, ["lines", "M17 36h10"], ["thread", "M31 34a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"]],
  "acta-fecha": [
    ...RECORD,
    FOOT,
    ["sheet", "M28 29h18v17H28z"],
    ["thread", "M28 34h18M33 26v5M41 26v5M33 39h0M37 39h0M41 39h0"],
  ],
  "acta-larga": [
    ["sheet", "M10 1h28v46H10z"],
    ["frame", "M14 5h20v38H14z"],
    ["lines", "M18 11h12M18 16h12M18 21h12M18 26h12M18 31h7"],
    BADGE,
    ["thread", "M37 33v4l3 2"],
  ],
  actas: [
    ["sheet", "M16 2h28v36H16z"],
    ["sheet", "M4 8h28v38H4z"],
    ["wash", `M17 32${FOOTPRINT}`],
    ["lines", "M12 37h10"],
  ],
  "acta-matrimonio": [
    ...RECORD,
    ["gold", "M20 14a6 6 0 1 0 0 12 6 6 0 0 0 0-12zm8 0a6 6 0 1 0 0 12 6 6 0 0 0 0-12z"],
    ["lines", "M17 32h14M17 36h10"],
  ],
  "acta-defuncion": [
    ...RECORD,
    ["gold", "M24 10c3 3 2 6 0 6s-3-3 0-6z"],
    ["wash", "M21 19h6v12h-6z"],
    ["lines", "M24 16v3M18 31h12M17 36h14"],
  ],
  "dos-papeles": [
    ["sheet", "M3 5h19v27H3z"],
    ["lines", "M7 11h11M7 16h11M7 21h6"],
    ["sheet", "M20 25h26v18H20z"],
    ["wash", `M28 28${BUST}`],
    ["lines", "M37 32h5M37 37h5"],
    ["thread", "M29 12h12M29 17h12"],
  ],
  identificacion: [CARD, ["wash", `M14 17${BUST}`], ["lines", `M26 18${ENTRIES}`]],
  identificaciones: [
    ["sheet", "M10 5h36v24H10z"],
    ["sheet", "M2 15h38v28H2z"],
    ["wash", `M13 22${BUST}`],
    ["lines", `M23 23${ENTRIES}`],
  ],
  matricula: [CARD, ["fill", "M3 10h42v7H3z"], ["wash", "M8 21h11v13H8z"], ["lines", `M26 22${ENTRIES}`]],
  "credencial-escolar": [
    ["sheet", "M10 9h28v37H10z"],
    ["wash", "M24 17l10 5-10 5-10-5z"],
    ["lines", "M19 25v4c3 2 7 2 10 0v-4M17 34h14M17 39h7"],
    ["thread", "M20 2l4 7 4-7"],
  ],
  pasaporte: [...PASSPORT, ["inlay", "M17 34h14M17 39h7"]],
  "pasaporte-no-canjeable": [
    ...PASSPORT,
    ["sheet", "M4 29l38-6 2 12-38 6z"],
    ["thread", "M15 36v-7l5 6v-7M28 27a3 4 0 1 0 0 7 3 4 0 0 0 0-7z"],
  ],
  "pasaporte-perdido": [...PASSPORT, BADGE, ["thread", "M34 35c0-4 6-4 6 0 0 2-3 2-3 4m0 3h0"]],
  curp: [
    ["sheet", "M3 7h42v34H3z"],
    ["wash", "M8 25h32v9H8z"],
    ["lines", "M8 13h12M8 18h20M14 25v9M20 25v9M26 25v9M32 25v9"],
    ["thread", "M34 12h6v6h-6z"],
  ],
  domicilio: [SHEET, ["wash", "M15 27l9-8 9 8v10H15z"], ["lines", "M22 37v-6h4v6M15 11h11M15 15h7"]],
  foto: [
    ["sheet", "M4 4h25v31H4z"],
    ["sheet", "M16 11h28v34H16z"],
    ["wash", `M30 16${FIGURE}`],
  ],
  permiso: [
    SHEET,
    ["lines", "M15 14h11M15 19h18M15 24h18"],
    ["thread", "M15 36c3-6 5-6 4-1 2-4 4-4 4 0 2-2 3-2 4 0"],
    ["gold", `M32 37${PEN}`],
  ],
  sentencia: [SHEET, ["lines", "M24 16v19M18 35h12M15 20h18"], ["wash", "M15 20l-4 9h8zM33 20l-4 9h8z"]],
  familia: [
    ["wash", `M13 10${FIGURE}M35 10${FIGURE}`],
    ["gold", `M24 23${BUST}`],
  ],
  persona: [["wash", "M24 6a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8 43c0-11 6-17 16-17s16 6 16 17z"]],
  personas: [["wash", `M33 9${FIGURE}M15 9${FIGURE}`]],
  dinero: [
    ["wash", "M3 8h36v20H3z"],
    ["lines", "M21 13a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM8 18h0M34 18h0"],
    ["gold", "M13 22h32v20H13zM13 28h32M18 36h7"],
  ],
  copia: [
    ["sheet", "M17 2h27v36H17z"],
    ["sheet", "M4 9h27v37H4z"],
    ["lines", "M9 17h17M9 23h17M9 29h17M9 35h9M36 10h3M36 16h3M36 22h3"],
  ],
  solicitud: [
    SHEET,
    ["wash", "M14 15h5v5h-5zM14 24h5v5h-5zM14 33h5v5h-5z"],
    ["lines", "M23 17h7M23 26h10M23 35h6"],
    ["gold", `M32 37${PEN}`],
  ],
  confirmacion: [PHONE, ["wash", `M24 11${CIRCLE}`], ["lines", "M22 6h4M20 19l3 3 5-6M17 34h14M17 39h7"]],
  reporte: [SHEET, ["gold", "M24 17l10 17H14z"], ["lines", "M24 23v5M24 31h0M15 39h13"]],
  documento: [
    SHEET,
    ["lines", "M15 14h11M15 19h18M15 24h18M15 29h18"],
    ["thread", "M31 34a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"],
  ],
  lista: [SHEET, ["lines", "M21 17h11M21 25h13M21 33h13M15 17h0M15 25h0M15 33h0"]],
  medico: [SHEET, ["thread", "M24 16v12M18 22h12"], ["lines", "M15 35h18M15 39h13"]],
  llamada: [PHONE, ["wash", "M20 9h26v18H34l-7 6v-6h-7z"], ["lines", "M22 6h4M26 15h14M26 21h9M17 39h7"]],
  interprete: [
    ["wash", "M3 5h26v18H15l-6 6v-6H3z"],
    ["sheet", "M19 18h26v18h-5v7l-7-7H19z"],
    ["lines", "M8 11h15M8 16h9M25 25h14M25 30h9"],
  ],
} as const satisfies Readonly<Record<string, readonly Layer[]>>;

export type PaperName = keyof typeof PAPERS;

export const PAPER_NAMES = Object.keys(PAPERS) as PaperName[];

/** The picture of a paper, beside its name. */
export function PaperPicture({ name }: { name: PaperName }) {
  return (
    <svg className="paper" viewBox="0 0 48 48" aria-hidden="true">
      {PAPERS[name].map(([stuff, path]) => (
        <path key={path} className={STUFF[stuff]} d={path} />
      ))}
    </svg>
  );
}

/** Short, for a page has many of them. */
const STUFF: Readonly<Record<Stuff, string>> = {
  sheet: "p-s",
  frame: "p-f",
  lines: "p-l",
  wash: "p-w",
  fill: "p-d",
  inlay: "p-i",
  gold: "p-g",
  thread: "p-t",
};
