/** Every address of the console. None carries a name, a folio or an id of a person: what is open lives in the page's memory. */
export const BASE = "/consola";

/** Pages, below `BASE`. */
export const pages = {
  today: "/hoy",
  officeFile: "/ficha",
  card: "/tarjeta",
  draws: "/repartos",
  publication: "/difusion",
  plan: "/calendario",
  cuts: "/cierres",
  closings: "/cierres-de-sedes",
  reports: "/reportes",
  staff: "/personal",
  /** The token of the link stands behind `#`, which no server and no log sees. */
  enrol: "/alta",
} as const;

const API = "/api/v1/console";

export const api = {
  session: `${API}/session`,
  signInOptions: `${API}/sign-in/options`,
  signInVerify: `${API}/sign-in/verify`,
  enrolOptions: `${API}/enrol/options`,
  enrolVerify: `${API}/enrol/verify`,
  signOut: `${API}/sign-out`,
  today: `${API}/today`,
  names: `${API}/names`,
  permissions: `${API}/permissions`,
  permissionsUndo: `${API}/permissions/undo`,
  find: `${API}/find`,
  files: `${API}/files`,
  visits: `${API}/visits`,
  call: (visitId: string) => `${API}/visits/${visitId}/call`,
  serve: (visitId: string) => `${API}/visits/${visitId}/serve`,
  outcomes: (visitId: string) => `${API}/visits/${visitId}/outcomes`,
  undo: (visitId: string) => `${API}/visits/${visitId}/undo`,
  noShow: `${API}/no-show`,
  suspensions: `${API}/day/suspensions`,
  suspensionNews: `${API}/day/suspensions/news`,
  endSuspension: `${API}/day/suspensions/end`,
  absences: `${API}/day/absences`,
  absencesPreview: `${API}/day/absences/preview`,
  returnPapers: `${API}/day/papers`,
  events: `${API}/events`,
  officeFile: `${API}/office-file`,
  cards: `${API}/cards`,
  counters: `${API}/counters`,
  staff: `${API}/staff`,
  enrolment: (staffId: string) => `${API}/staff/${staffId}/enrolment`,
  cuts: `${API}/cuts`,
  cutPreview: `${API}/cuts/preview`,
  undoCut: (cutId: string) => `${API}/cuts/${cutId}/undo`,
  proposals: `${API}/proposals`,
  closings: `${API}/closings`,
  closingPreview: `${API}/closings/preview`,
  undoClosing: (closingId: string) => `${API}/closings/${closingId}/undo`,
  officeReport: `${API}/reports/office`,
  networkReport: `${API}/reports/network`,
  weekPlan: `${API}/reports/week`,
  sheet: `${API}/sheet`,
  /** A paper: its day is a local date or `next`, the next day on which somebody is expected. */
  sheetPdf: (on: string, language: string) => `${API}/sheet.pdf?on=${on}&language=${language}`,
  sheetOutcomes: `${API}/sheet/outcomes`,
  draws: `${API}/draws`,
  publications: `${API}/publications`,
  draw: (drawId: string) => `${API}/draws/${drawId}`,
  regimes: `${API}/regimes`,
  deactivate: (staffId: string) => `${API}/staff/${staffId}/deactivate`,
  /** The public catalogue: the same for everybody. */
  services: "/api/v1/services",
  offices: "/api/v1/offices",
  devRoles: `${API}/dev/roles`,
  devSignIn: `${API}/dev/sign-in`,
  devDraw: `${API}/dev/draw`,
} as const;

const PLAN = `${API}/plan`;

/** What planning asks. */
export const planApi = {
  week: `${PLAN}/week`,
  month: `${PLAN}/month`,
  venues: `${PLAN}/venues`,
  venue: (id: string) => `${PLAN}/venues/${id}`,
  venuePhoto: (id: string) => `${PLAN}/venues/${id}/photo`,
  resources: `${PLAN}/resources`,
  specialDays: `${PLAN}/special-days`,
  specialDayPreview: `${PLAN}/special-days/preview`,
  specialDay: (id: string) => `${PLAN}/special-days/${id}`,
  draftPreview: (id: string) => `${PLAN}/special-days/${id}/preview`,
  specialDayStep: (id: string, step: "publish" | "suspend" | "move" | "cancel") => `${PLAN}/special-days/${id}/${step}`,
  circuits: `${PLAN}/circuits`,
  templatePreview: `${PLAN}/templates/preview`,
  templates: `${PLAN}/templates`,
} as const;
