/** Every address of the console. None carries a name, a folio or an id of a person: what is open lives in the page's memory. */
export const BASE = "/consola";

/** Pages, below `BASE`. */
export const pages = {
  today: "/hoy",
  door: "/puerta",
  walkIns: "/sin-cita",
  cash: "/caja",
  documents: "/documentos",
  dayClose: "/cierre-del-dia",
  offline: "/sin-red",
  /** The list that a tablet carries: opened by its PIN, with or without network. */
  list: "/lista",
  officeFile: "/ficha",
  card: "/tarjeta",
  emergencies: "/emergencias",
  integrity: "/integridad",
  doubts: "/dudas",
  alarms: "/alertas",
  adverts: "/anuncios",
  helpers: "/ayudantes",
  draws: "/repartos",
  publication: "/difusion",
  plan: "/calendario",
  cuts: "/cierres",
  closings: "/cierres-de-sedes",
  reports: "/reportes",
  releases: "/entregas",
  talks: "/platicas",
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
  touchOptions: `${API}/touch/options`,
  touchVerify: `${API}/touch/verify`,
  signOut: `${API}/sign-out`,
  today: `${API}/today`,
  names: `${API}/names`,
  permissions: `${API}/permissions`,
  permissionsUndo: `${API}/permissions/undo`,
  find: `${API}/find`,
  files: `${API}/files`,
  visits: `${API}/visits`,
  hall: `${API}/hall`,
  hallPlan: `${API}/hall/plan`,
  hallLimit: `${API}/hall/limit`,
  door: `${API}/door`,
  doorDay: `${API}/door/day`,
  doorNext: `${API}/door/next`,
  doorOthers: `${API}/door/others`,
  doorOverride: `${API}/door/override`,
  doorSecond: `${API}/door/second`,
  doorUndo: (visitId: string) => `${API}/door/undo/${visitId}`,
  calls: `${API}/calls`,
  turnStep: (visitId: string, act: "pass" | "park" | "unpark" | "priority" | "priority/second" | "priority/undo") =>
    `${API}/visits/${visitId}/${act}`,
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
  sendHome: `${API}/day/send-home`,
  returnPapers: `${API}/day/papers`,
  cashParty: `${API}/cash/party`,
  settle: `${API}/cash/settle`,
  correct: `${API}/cash/correct`,
  documents: `${API}/documents`,
  moveDocuments: `${API}/documents/move`,
  undoDocuments: `${API}/documents/undo`,
  blanks: `${API}/blanks`,
  dayClose: `${API}/closing`,
  signDay: `${API}/closing/signatures`,
  events: `${API}/events`,
  care: `${API}/care`,
  offline: `${API}/offline`,
  tablets: `${API}/tablets`,
  lists: `${API}/lists`,
  loseList: (id: string) => `${API}/lists/${id}/lost`,
  operations: `${API}/operations`,
  conflict: (id: string) => `${API}/conflicts/${id}`,
  alarms: `${API}/alarms`,
  alarm: (id: string, act: "undo" | "see" | "end") => `${API}/alarms/${id}/${act}`,
  interpreters: `${API}/interpreters`,
  interpreter: (id: string, act: "connect" | "end") => `${API}/interpreters/${id}/${act}`,
  interpreterLine: `${API}/interpreter-line`,
  languages: `${API}/languages`,
  careReport: `${API}/reports/care`,
  surveySheets: `${API}/survey/sheets`,
  undoSurveySheet: (id: string) => `${API}/survey/sheets/${id}/undo`,
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
  priorityShares: `${API}/reports/priorities`,
  weekPlan: `${API}/reports/week`,
  sheet: `${API}/sheet`,
  /** A paper: its day is a local date or `next`, the next day on which somebody is expected. */
  sheetPdf: (on: string, language: string) => `${API}/sheet.pdf?on=${on}&language=${language}`,
  sheetOutcomes: `${API}/sheet/outcomes`,
  agentAlarms: `${API}/agent-alarms`,
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

const INTEGRITY = `${API}/integrity`;

/** What the integrity analysts review. */
export const integrityApi = {
  desk: INTEGRITY,
  picture: (clusterId: string) => `${INTEGRITY}/clusters/${clusterId}`,
  cases: (act: "challenge" | "clear" | "attempts" | "settle") => `${INTEGRITY}/cases/${act}`,
  appeals: `${INTEGRITY}/appeals`,
  pairs: `${INTEGRITY}/pairs`,
  pair: (id: string, act: "open" | "decide") => `${INTEGRITY}/pairs/${id}/${act}`,
  preview: `${INTEGRITY}/thresholds/preview`,
  thresholds: `${INTEGRITY}/thresholds`,
  weights: `${INTEGRITY}/weights`,
} as const;

const EMERGENCIES = `${API}/emergencies`;

/** Urgent requests. */
export const emergencyApi = {
  queue: EMERGENCIES,
  waiting: `${EMERGENCIES}/waiting`,
  times: `${EMERGENCIES}/times`,
  step: (id: string, act: "open" | "propose" | "sign" | "send-back" | "book") => `${EMERGENCIES}/${id}/${act}`,
} as const;

const WALK_INS = `${API}/walk-ins`;

/** Households without an appointment. */
export const walkInApi = {
  room: `${WALK_INS}/room`,
  register: WALK_INS,
  dates: `${WALK_INS}/dates`,
  dated: `${WALK_INS}/dated`,
  code: `${WALK_INS}/code`,
  second: `${WALK_INS}/second`,
  presence: `${WALK_INS}/presence`,
} as const;

const ADVERTS = `${API}/adverts`;

/** What leaves with two signatures. */
export const releaseApi = {
  list: `${API}/releases`,
  ended: (before: string | undefined) => `${API}/releases/ended${before === undefined ? "" : `?before=${before}`}`,
  step: (id: string, act: "sign" | "counts") => `${API}/releases/${id}/${act}`,
};

/** People who wait for an agent. */
export const talkApi = {
  list: `${API}/talks`,
  step: (id: string, act: "take" | "open" | "answer" | "number" | "give-back" | "close") => `${API}/talks/${id}/${act}`,
  media: (id: string, line: string) => `${API}/talks/${id}/media/${line}`,
};

/** Whoever is on an agent's line. */
export const callerApi = { code: `${API}/callers/code`, open: `${API}/callers/open` };

/** Registered helpers. */
export const helperApi = {
  list: `${API}/helpers`,
  step: (id: string, act: "open" | "approve" | "move" | "enrolment") => `${API}/helpers/${id}/${act}`,
};

/** Adverts that sell appointments. */
export const advertApi = {
  list: ADVERTS,
  months: `${ADVERTS}/months`,
  import: (format: "csv" | "json") => `${ADVERTS}/import?format=${format}`,
  step: (id: string, act: "open" | "judge" | "takedown" | "takedown/move" | "purchases") => `${ADVERTS}/${id}/${act}`,
  witness: (id: string, purchase: string) => `${ADVERTS}/${id}/purchases/${purchase}/witness`,
  screenshot: (id: string, screenshot: string) => `${ADVERTS}/${id}/screenshots/${screenshot}`,
} as const;
