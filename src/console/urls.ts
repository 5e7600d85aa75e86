/** Every address of the console. None carries a name, a folio or an id of a person: what is open lives in the page's memory. */
export const BASE = "/consola";

/** Pages, below `BASE`. */
export const pages = {
  today: "/hoy",
  officeFile: "/ficha",
  card: "/tarjeta",
  draws: "/repartos",
  cuts: "/cierres",
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
  draws: `${API}/draws`,
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
