import { Refused, Unreachable } from "../api/request.ts";
import { texts } from "./texts.ts";

/** Words for each code with which the server refuses; what is not here is told as a fault. */
export const refusalTexts = texts({
  es: {
    unreachable: "No hay conexión. No se guardó nada; intente otra vez.",
    fault: "Algo falló de nuestro lado. Intente otra vez.",
    not_allowed: "Su puesto no permite hacer esto.",
    not_signed_in: "Su sesión terminó. Entre otra vez.",
    invalid: "Algún dato no tiene la forma esperada. Revíselo.",
    unknown_booking: "Ese folio no es de esta oficina, o no existe.",
    folio_mistyped: "Ese folio tiene un error. Revise cada letra y número.",
    not_today: "Esa cita es de otro día.",
    booking_ended: "Esa cita se canceló o ya terminó.",
    unknown_visit: "Esa visita ya no está en la lista.",
    changed_meanwhile: "Otra persona la cambió antes. La lista ya está al día; mire otra vez.",
    not_possible: "Eso no sigue del estado en que está. Mire otra vez.",
    wrong_outcomes: "Esos resultados no corresponden a esta cita. Ábrala otra vez.",
    incomplete_outcomes: "Falta el resultado de algún servicio.",
    nothing_to_undo: "No hay nada que deshacer.",
    too_late_to_undo: "Ya pasó el minuto para deshacer.",
    permission_not_expected: "De esa persona no se espera un permiso. Abra otra vez el expediente.",
    permission_not_signed: "Esa fecha de firma todavía no llega. Lea otra vez el permiso.",
    permission_too_old: "En la visita el permiso tendrá más de 90 días: hay que firmar otro o cambiar la cita.",
    nothing_to_cut: "Ahí no queda nada por cerrar. Mire otra vez el día.",
    unknown_cut: "Ese cierre ya no existe, o ya se deshizo.",
    proposal_over: "Ese lugar ya no está guardado. Busque otro día con la familia.",
    unknown_office: "No hay una oficina con esa clave.",
    unknown_draw: "Ese reparto no existe.",
    no_such_staff: "Esa persona ya no está activa.",
    office_does_not_fit: "Ese puesto necesita una oficina, o no lleva ninguna.",
    name_missing: "Escriba el nombre.",
    invalid_value: "Ese valor no tiene la forma esperada. Revíselo.",
    busy: "Hay mucha demanda en este momento. Intente en unos segundos.",
    too_many_files: "Abrió 60 expedientes en un minuto. Espere unos segundos e intente otra vez.",
    too_many: "Demasiados intentos seguidos. Espere un minuto.",
  },
  en: {
    unreachable: "There is no connection. Nothing was saved; try again.",
    fault: "Something failed on our side. Try again.",
    not_allowed: "Your role does not allow this.",
    not_signed_in: "Your session ended. Sign in again.",
    invalid: "Some value does not have the expected form. Check it.",
    unknown_booking: "That folio is not of this office, or does not exist.",
    folio_mistyped: "There is a slip in that folio. Check each letter and digit.",
    not_today: "That appointment is on another day.",
    booking_ended: "That appointment was cancelled or is over.",
    unknown_visit: "That visit is no longer on the list.",
    changed_meanwhile: "Somebody else changed it first. The list is up to date; look again.",
    not_possible: "That does not follow from the present state. Look again.",
    wrong_outcomes: "Those outcomes do not belong to this appointment. Open it again.",
    incomplete_outcomes: "The outcome of some service is missing.",
    nothing_to_undo: "There is nothing to undo.",
    too_late_to_undo: "The minute for undoing has passed.",
    permission_not_expected: "No permission is expected of that person. Open the file again.",
    permission_not_signed: "That day of signing is still to come. Read the permission again.",
    permission_too_old: "On the day of the visit it is more than 90 days old: sign another or move the appointment.",
    nothing_to_cut: "There is nothing left to close there. Look at the day again.",
    unknown_cut: "That closure is gone, or was undone already.",
    proposal_over: "That place is not kept any more. Look for another day with the family.",
    unknown_office: "There is no office with that key.",
    unknown_draw: "There is no such draw.",
    no_such_staff: "That person is no longer active.",
    office_does_not_fit: "That role needs an office, or must have none.",
    name_missing: "Type the name.",
    invalid_value: "That value does not have the expected form. Check it.",
    busy: "There is much demand at this moment. Try in a few seconds.",
    too_many_files: "You opened 60 files in a minute. Wait some seconds and try again.",
    too_many: "Too many tries in a row. Wait a minute.",
  },
});

export function wordsFor(error: unknown, words: (typeof refusalTexts)["es"]): string {
  if (error instanceof Unreachable) return words.unreachable;
  if (!(error instanceof Refused)) return words.fault;
  if (error.code in words) return words[error.code as keyof typeof words];
  return error.status === 429 ? words.too_many : error.status === 503 ? words.busy : words.fault;
}
