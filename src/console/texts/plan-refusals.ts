import { texts } from "./texts.ts";

/** Why a plan cannot be, and what to do; each with what it collides with, where the server names that. */
export const planRefusalTexts = texts({
  es: {
    in_the_past: "Ese día ya pasó o es hoy. Elija uno desde mañana.",
    too_far_ahead: (days: string) => `Ese día está a más de ${days} días. Revise el año.`,
    too_long_a_day: (hours: string, group: string) =>
      `${group}: son más de ${hours} horas. Revise a qué hora abre y cierra.`,
    nothing_fits: (group: string) => `${group}: así no cabe ningún lugar. Dé más horas o menos minutos por lugar.`,
    overbooked_too_much: (most: string, away: string, people: string, group: string) =>
      most === "0"
        ? `${group}: sin lugares de más. Falta medir quién viene: van ${people} de 200 personas.`
        : `${group}: a lo más ${most} lugares de más por cada 100. En ocho semanas no vino el ${away} %.`,
    break_does_not_fit: (minutes: string, group: string) =>
      `${group}: los descansos por turnos necesitan ${minutes} minutos. Amplíe las horas del descanso.`,
    clock_gap: (time: string, day: string) =>
      `El ${day} el reloj se adelanta: las ${time} no existen. Elija otra hora.`,
    overlapping_sessions: (group: string, opens: string, closes: string) =>
      `${group} ya abre ahí de ${opens} a ${closes}. Elija otras horas, u otro lugar.`,
    resource_elsewhere: (name: string, town: string, day: string) =>
      `${name} está en ${town} el ${day}. Elija otro equipo, u otro día.`,
    unknown_venue: "Ese lugar ya no se usa. Elija otro.",
    unknown_resource: "Ese equipo ya no existe. Elija otro.",
    venue_missing: "Falta el lugar. Elija uno, o agregue uno nuevo.",
    step_not_drawn: (minutes: string, group: string) =>
      `${group}: esos lugares se reparten, y todos duran ${minutes} minutos. Ponga ${minutes} minutos por lugar.`,
    wrong_weekday: (day: string) => `Ese día es ${day}. Elija otro día, u otro tipo de jornada.`,
    unknown_special_day: "Esa jornada ya no existe. Regrese al calendario.",
    day_has_begun: "Ya vino gente. Atiéndala, suspenda el servicio o cierre lo que queda, y planee otra jornada.",
    visits_divided:
      "Hay familias con otra cita ese mismo día fuera de esta jornada. Suspéndala, deles otro lugar y muévala después.",
    day_closed: "Ese día está cerrado por completo. Ábralo primero, o elija otro.",
    changed_meanwhile: "Alguien cambió este borrador. Regrese al calendario y mírelo otra vez.",
    venue_in_use:
      "Hay una jornada planeada ahí. Haga un lugar nuevo y mueva la jornada. La entrada sí se puede cambiar.",
    wrong_state: "Alguien la cambió antes. El calendario ya está al día; mire otra vez.",
    other_group: "Un horario no cambia de servicio. Termine este y haga otro.",
    unknown_template: "Ese horario ya no vale en ese día: alguien lo cambió. Mire otra vez el calendario.",
    not_a_photo: "Esa fotografía no se pudo leer. Pruebe con otra, en JPG o PNG.",
    name_taken: "Ya hay uno con ese nombre. Póngale otro.",
    someGroup: "Un trámite",
  },
  en: {
    in_the_past: "That day is past or today. Choose one from tomorrow on.",
    too_far_ahead: (days: string) => `That day is more than ${days} days ahead. Check the year.`,
    too_long_a_day: (hours: string, group: string) =>
      `${group}: that is more than ${hours} hours. Check when it opens and closes.`,
    nothing_fits: (group: string) => `${group}: no place fits like this. Give more hours or fewer minutes.`,
    overbooked_too_much: (most: string, away: string, people: string, group: string) =>
      most === "0"
        ? `${group}: no places more. Who comes is not measured yet: ${people} of 200 people so far.`
        : `${group}: at most ${most} places more to each 100. In eight weeks ${away} % did not come.`,
    break_does_not_fit: (minutes: string, group: string) =>
      `${group}: breaks in turn need ${minutes} minutes. Widen the hours of the break.`,
    clock_gap: (time: string, day: string) =>
      `On ${day} the clock goes forward: ${time} does not exist. Choose another time.`,
    overlapping_sessions: (group: string, opens: string, closes: string) =>
      `${group} is open there from ${opens} to ${closes}. Choose other hours, or another venue.`,
    resource_elsewhere: (name: string, town: string, day: string) =>
      `${name} is in ${town} on ${day}. Choose another kit, or another day.`,
    unknown_venue: "That venue is not used any more. Choose another.",
    unknown_resource: "That kit does not exist any more. Choose another.",
    venue_missing: "The venue is missing. Choose one, or add a new one.",
    step_not_drawn: (minutes: string, group: string) =>
      `${group}: these places are drawn, and all take ${minutes} minutes. Set ${minutes} minutes for each place.`,
    wrong_weekday: (day: string) => `That day is a ${day}. Choose another day, or another kind.`,
    unknown_special_day: "That special day is gone. Go back to the calendar.",
    day_has_begun:
      "People came already. Attend to them, suspend the service or close what is left, and plan another day.",
    visits_divided:
      "Some families have another appointment that same day. Suspend this day, find them another place, then move it.",
    day_closed: "That whole day is closed. Open it first, or choose another.",
    changed_meanwhile: "Somebody changed this draft. Go back to the calendar and look again.",
    venue_in_use: "A day is planned there. Make a new venue and move the day. The way in may change.",
    wrong_state: "Somebody changed it first. The calendar is up to date; look again.",
    other_group: "Hours keep their service. End these and make others.",
    unknown_template: "Those hours hold no more on that day: somebody changed them. Look at the calendar again.",
    not_a_photo: "That photograph could not be read. Try another, JPG or PNG.",
    name_taken: "There is one of that name already. Give it another.",
    someGroup: "A service",
  },
});
