import type { StaffAction } from "#modules/people/index.ts";
import type { StaffRole } from "#platform/context.ts";

/** What a request of the console names, so that it can be somebody else's, erased, or nobody's. */
export type ObjectKind =
  | "office"
  | "booking"
  | "folio"
  | "visit"
  | "document"
  | "payment"
  | "emergency"
  | "alarm"
  | "interpretation"
  | "papers"
  | "device"
  | "list"
  | "conflict"
  | "cut"
  | "venue"
  | "special_day"
  | "session"
  | "staff"
  | "closing"
  | "draw"
  | "advert"
  | "helper"
  | "case"
  | "cluster"
  | "pair"
  | "release"
  | "talk";

export interface Rule {
  /** `nobody`: asked before signing in. `anybody`: every member of staff. */
  readonly may: StaffAction | "nobody" | "anybody";
  /** Where the role must have an office of its own, as reception has; a network role is refused. */
  readonly atOffice: boolean;
  readonly names?: ObjectKind | undefined;
  /** Roles without an office that may, where that is not what the action says. */
  readonly network?: readonly StaffRole[] | undefined;
  /** All offices at once: for roles without one. */
  readonly whole?: boolean;
  /** Crews, kits and helpers are the network's: any office may name what another one began. */
  readonly shared?: boolean;
  /** Shows what would happen, and changes nothing. */
  readonly onlyShows?: boolean;
}

const at = (may: Rule["may"], names?: ObjectKind): Rule => ({ may, atOffice: true, names });
const anywhere = (may: Rule["may"], names?: ObjectKind, network?: readonly StaffRole[]): Rule => ({
  may,
  atOffice: false,
  names,
  network,
});

/** Every route of the console with who may use it and what it names. A route that is not here fails the test. */
export const CONSOLE: Readonly<Record<string, Rule>> = {
  "POST /sign-in/options": anywhere("nobody"),
  "POST /sign-in/verify": anywhere("nobody"),
  "POST /enrol/options": anywhere("nobody"),
  "POST /enrol/verify": anywhere("nobody"),
  "GET /session": anywhere("anybody"),
  "POST /touch/options": anywhere("anybody"),
  "POST /touch/verify": anywhere("anybody"),
  "POST /sign-out": anywhere("anybody"),

  "GET /today": at("see_today"),
  "GET /events": at("see_today"),
  "GET /counters": at("anybody"),
  "POST /find": at("open_file", "folio"),
  "POST /files": at("open_file", "booking"),
  "POST /names": at("receive", "booking"),
  "POST /permissions": at("receive", "booking"),
  "POST /permissions/undo": at("receive", "booking"),
  "POST /visits": at("receive", "booking"),
  "POST /no-show": at("record_outcome", "booking"),
  "POST /visits/:id/call": at("record_outcome", "visit"),
  "POST /visits/:id/serve": at("record_outcome", "visit"),
  "POST /visits/:id/outcomes": at("record_outcome", "visit"),
  "POST /visits/:id/undo": at("record_outcome", "visit"),
  "POST /visits/:id/pass": at("record_outcome", "visit"),
  "POST /visits/:id/park": at("record_outcome", "visit"),
  "POST /visits/:id/unpark": at("record_outcome", "visit"),
  "POST /visits/:id/priority": at("record_outcome", "visit"),
  "POST /visits/:id/priority/second": at("record_outcome", "visit"),
  "POST /visits/:id/priority/undo": at("record_outcome", "visit"),
  "POST /calls": at("record_outcome"),
  "GET /sheet": at("see_today"),
  "GET /sheet.pdf": at("see_today"),
  "POST /sheet/outcomes": at("record_outcome", "booking"),

  "GET /door": at("admit"),
  "GET /door/day": at("run_hall"),
  "POST /door": at("admit", "folio"),
  "POST /door/override": at("admit", "folio"),
  "POST /door/second": at("run_hall"),
  "POST /door/next": at("admit"),
  "POST /door/others": at("admit"),
  "POST /door/undo/:id": at("admit", "visit"),
  "PUT /hall/limit": at("run_hall"),
  "GET /hall": at("anybody"),
  "GET /hall/plan": at("anybody"),
  "PUT /hall/plan": at("edit_schedule"),

  "POST /cards": at("issue_card"),
  "GET /walk-ins/room": at("book_for_person"),
  "POST /walk-ins": at("book_for_person"),
  "POST /walk-ins/dates": at("book_for_person"),
  "POST /walk-ins/dated": at("book_for_person"),
  "POST /walk-ins/code": at("book_for_person"),
  "POST /walk-ins/second": at("book_for_person"),
  "POST /walk-ins/presence": at("book_for_person"),

  "GET /emergencies": at("answer_emergencies"),
  "GET /emergencies/waiting": at("answer_emergencies"),
  "GET /emergencies/times": at("answer_emergencies"),
  "POST /emergencies/:id/open": at("answer_emergencies", "emergency"),
  "POST /emergencies/:id/propose": at("answer_emergencies", "emergency"),
  "POST /emergencies/:id/sign": at("answer_emergencies", "emergency"),
  "POST /emergencies/:id/send-back": at("answer_emergencies", "emergency"),
  "POST /emergencies/:id/book": at("answer_emergencies", "emergency"),

  "GET /care": at("anybody"),
  "POST /alarms": at("anybody"),
  "POST /alarms/:id/undo": at("anybody", "alarm"),
  "POST /alarms/:id/see": at("anybody", "alarm"),
  "POST /alarms/:id/end": at("anybody", "alarm"),
  "GET /languages": at("anybody"),
  "POST /interpreters": at("receive", "visit"),
  "POST /interpreters/:id/connect": at("receive", "interpretation"),
  "POST /interpreters/:id/end": at("receive", "interpretation"),
  "GET /survey/sheets": at("read_counts"),
  "POST /survey/sheets": at("read_counts"),
  "POST /survey/sheets/:id/undo": at("read_counts", "papers"),
  "GET /interpreter-line": anywhere("anybody"),
  "PUT /interpreter-line": anywhere("confirm_facts", undefined, ["hq"]),

  "POST /cash/party": at("issue_documents", "booking"),
  "POST /cash/settle": at("issue_documents", "document"),
  "POST /cash/correct": at("account_for_day", "payment"),
  "GET /documents": at("issue_documents"),
  "POST /documents/move": at("issue_documents", "document"),
  "POST /documents/undo": at("issue_documents", "document"),
  "POST /blanks": at("account_for_day"),
  "GET /closing": at("issue_documents"),
  "POST /closing/signatures": at("issue_documents"),

  "GET /offline": at("see_today"),
  "POST /tablets": at("run_hall"),
  "POST /lists": at("see_today"),
  "POST /lists/:id/lost": at("run_hall", "list"),
  "POST /operations": at("record_outcome"),
  "POST /conflicts/:id": at("record_outcome", "conflict"),
  "GET /devices": at("edit_schedule"),
  "POST /devices": at("edit_schedule"),
  "POST /devices/:id/revoke": at("edit_schedule", "device"),

  "POST /day/suspensions": at("edit_schedule"),
  "POST /day/suspensions/news": at("edit_schedule"),
  "POST /day/suspensions/end": at("edit_schedule"),
  "GET /day/absences": at("edit_schedule"),
  "POST /day/absences/preview": at("edit_schedule"),
  "PUT /day/absences": at("edit_schedule"),
  "POST /day/send-home": at("run_hall"),
  "POST /day/papers": at("receive"),
  "GET /cuts": at("edit_schedule"),
  "POST /cuts/preview": at("edit_schedule", "session"),
  "POST /cuts": at("edit_schedule", "session"),
  "POST /cuts/:id/undo": at("edit_schedule", "cut"),
  "POST /proposals": at("edit_schedule", "booking"),
  "GET /publications": at("edit_schedule"),

  "GET /plan/week": at("edit_schedule"),
  "GET /plan/month": at("edit_schedule"),
  "GET /plan/venues": at("edit_schedule"),
  "POST /plan/venues": at("edit_schedule"),
  "PUT /plan/venues/:id": at("edit_schedule", "venue"),
  "GET /plan/venues/:id/photo": at("edit_schedule", "venue"),
  "PUT /plan/venues/:id/photo": at("edit_schedule", "venue"),
  "GET /plan/resources": at("edit_schedule"),
  "POST /plan/resources": { ...at("edit_schedule", "office"), shared: true },
  "POST /plan/special-days": at("edit_schedule"),
  "POST /plan/special-days/preview": at("edit_schedule"),
  "POST /plan/special-days/:id/preview": at("edit_schedule", "special_day"),
  "PUT /plan/special-days/:id": at("edit_schedule", "special_day"),
  "POST /plan/special-days/:id/publish": at("edit_schedule", "special_day"),
  "POST /plan/special-days/:id/suspend": at("edit_schedule", "special_day"),
  "POST /plan/special-days/:id/cancel": at("edit_schedule", "special_day"),
  "POST /plan/special-days/:id/move": at("edit_schedule", "special_day"),
  "POST /plan/circuits": at("edit_schedule"),
  "POST /plan/templates": at("edit_schedule"),
  "POST /plan/templates/preview": at("edit_schedule"),

  "GET /office-file": anywhere("anybody", "office", ["hq", "admin"]),
  "PUT /office-file": anywhere("confirm_facts", "office", ["hq", "admin"]),
  "GET /reports/office": anywhere("read_counts", "office"),
  "GET /reports/week": anywhere("read_counts", "office"),
  "GET /reports/care": anywhere("read_counts", "office"),
  "GET /reports/priorities": at("read_counts"),
  "GET /reports/network": { ...anywhere("read_counts"), whole: true },
  "GET /integrity": anywhere("see_integrity"),
  "GET /integrity/clusters/:id": anywhere("see_integrity", "cluster"),
  "POST /integrity/cases/challenge": anywhere("decide_integrity", "case"),
  "POST /integrity/cases/clear": anywhere("decide_integrity", "case"),
  "POST /integrity/cases/attempts": anywhere("decide_integrity", "case"),
  "POST /integrity/cases/settle": anywhere("decide_integrity", "case"),
  "POST /integrity/appeals": anywhere("decide_integrity", "case"),
  "GET /agent-alarms": anywhere("see_alarms"),
  "GET /integrity/pairs": anywhere("see_integrity"),
  "POST /integrity/pairs/:id/open": anywhere("decide_integrity", "pair"),
  "POST /integrity/pairs/:id/decide": anywhere("decide_integrity", "pair"),
  "POST /integrity/thresholds/preview": anywhere("see_integrity"),
  "POST /integrity/thresholds": anywhere("decide_integrity"),
  "GET /integrity/weights": anywhere("see_integrity"),
  "POST /integrity/weights": anywhere("decide_integrity"),
  "GET /adverts": anywhere("see_adverts"),
  "GET /adverts/months": anywhere("see_adverts"),
  "POST /adverts": anywhere("see_adverts"),
  "POST /adverts/import": anywhere("see_adverts"),
  "GET /adverts/:id/screenshots/:screenshot": anywhere("see_adverts", "draw"),
  "POST /adverts/:id/open": anywhere("see_adverts", "advert"),
  "POST /adverts/:id/judge": anywhere("decide_integrity", "advert"),
  "POST /adverts/:id/takedown": anywhere("see_adverts", "advert"),
  "POST /adverts/:id/takedown/move": anywhere("see_adverts", "advert"),
  "POST /adverts/:id/purchases": anywhere("decide_integrity", "advert"),
  "POST /adverts/:id/purchases/:purchase/witness": anywhere("decide_integrity", "advert"),
  "GET /helpers": anywhere("see_helpers"),
  "POST /helpers/:id/open": { ...anywhere("see_helpers", "helper"), shared: true },
  "POST /helpers/:id/approve": { ...anywhere("decide_helpers", "helper"), shared: true },
  "POST /helpers/:id/move": { ...anywhere("decide_helpers", "helper"), shared: true },
  "POST /helpers/:id/enrolment": { ...anywhere("decide_helpers", "helper"), shared: true },
  "GET /releases": anywhere("sign_release"),
  "GET /releases/ended": anywhere("sign_release"),
  "POST /releases": anywhere("sign_release"),
  "POST /releases/:id/sign": { ...anywhere("sign_release", "release"), shared: true },
  "POST /releases/:id/counts": { ...anywhere("sign_release", "release"), shared: true },
  "POST /callers/code": anywhere("answer_talks"),
  "POST /callers/open": anywhere("answer_talks"),
  "GET /talks": anywhere("answer_talks"),
  "POST /talks/:id/take": { ...anywhere("answer_talks", "talk"), shared: true },
  "POST /talks/:id/open": { ...anywhere("answer_talks", "talk"), shared: true },
  "POST /talks/:id/answer": { ...anywhere("answer_talks", "talk"), shared: true },
  "GET /talks/:id/media/:line": anywhere("answer_talks", "draw"),
  "POST /talks/:id/number": { ...anywhere("answer_talks", "talk"), shared: true },
  "POST /talks/:id/give-back": { ...anywhere("answer_talks", "talk"), shared: true },
  "POST /talks/:id/close": { ...anywhere("answer_talks", "talk"), shared: true },
  "GET /draws": anywhere("see_draws"),
  "GET /draws/:id": anywhere("see_draws", "draw"),
  "POST /regimes": anywhere("set_regime", "office"),
  "GET /closings": anywhere("close_offices"),
  "POST /closings": anywhere("close_offices"),
  "POST /closings/preview": { ...anywhere("close_offices"), onlyShows: true },
  "POST /closings/:id/undo": anywhere("close_offices", "closing"),
  "GET /staff": anywhere("manage_staff"),
  "POST /staff": anywhere("manage_staff", "office"),
  "POST /staff/:id/enrolment": anywhere("manage_staff", "staff"),
  "POST /staff/:id/deactivate": anywhere("manage_staff", "staff"),
};

/** What belongs to one contact. */
export type OwnKind = "booking" | "request" | "emergency";

/** Addresses, by what they begin with, that name something of one contact: to everybody else it is not there. */
const CITIZENS: Readonly<Record<string, OwnKind>> = {
  "/api/v1/bookings/:id": "booking",
  // A hold goes by an id of its own, of which nobody else hears: any id is nothing to anybody else.
  "/api/v1/holds/:id": "booking",
  "/api/v1/requests/:id": "request",
  "/api/v1/emergencies/:id": "emergency",
  "/mi-cita/:id": "booking",
  "/mi-solicitud/:id": "request",
  "/aviso/:id": "emergency",
};

/** Addresses, by what they begin with, whose names are public, are kept in the caller's own session, or are secrets themselves. */
const OPEN_TO_ALL: readonly string[] = [
  "/open/v1/draws/:id",
  "/api/v1/offices/:id",
  "/api/v1/services/:id",
  "/oficinas/:id",
  "/tramites/:slug",
  "/repartos/:id",
  "/jornadas/:id",
  "/cita/persona/:person",
  "/cita/lista/:id",
  "/fila/:sala",
  "/s/:token",
  "/e/:token",
  "/c/:token",
  "/d/:token",
  "/q/:token",
  "/h/:token",
];

/** Pages have one rule in both languages. */
const begins = (route: string, path: string) => route.replace(" /en/", " /").includes(` ${path}`);

/** Whose `METHOD /path` is; undefined where it is no one contact's. */
export function ownKindOf(route: string): OwnKind | undefined {
  return Object.entries(CITIZENS).find(([path]) => begins(route, path))?.[1];
}

export function isOpenToAll(route: string): boolean {
  return OPEN_TO_ALL.some((path) => begins(route, path));
}
