interface SlipWords {
  readonly title: string;
  readonly service: string;
  /** Title of the calendar entry: neutral on a shared screen. */
  readonly calendarTitle: string;
  readonly folio: string;
  readonly people: string;
  readonly bring: string;
  readonly andMore: (count: number) => string;
  readonly fees: string;
  readonly total: string;
  readonly map: string;
  readonly addressComing: string;
  readonly showAtDoor: string;
  readonly change: string;
  readonly free: string;
  readonly opensOnly: string;
  readonly folioEndsIn: (tail: string) => string;
}

export const SLIP_WORDS: Readonly<Record<"es" | "en", SlipWords>> = {
  es: {
    title: "Su cita",
    service: "Citas del consulado",
    calendarTitle: "Cita",
    folio: "Folio",
    people: "Personas y trámites",
    bring: "Qué traer",
    andMore: (count) => `Y ${count} más: vea la lista completa en su página.`,
    fees: "Costo",
    total: "Total",
    map: "Ver el mapa",
    addressComing: "Confirme la dirección en su página antes de salir.",
    showAtDoor: "Muestre este código al llegar.",
    change: "Para ver, cambiar o cancelar su cita:",
    free: "La cita es gratuita. Si alguien le cobra por ella, no pague.",
    opensOnly: "Abrir la página no cambia nada.",
    folioEndsIn: (tail) => `Su folio termina en ${tail}.`,
  },
  en: {
    title: "Your appointment",
    service: "Consulate appointments",
    calendarTitle: "Appointment",
    folio: "Folio",
    people: "People and services",
    bring: "What to bring",
    andMore: (count) => `And ${count} more: see the whole list on your page.`,
    fees: "Cost",
    total: "Total",
    map: "See the map",
    addressComing: "Check the address on your page before you leave.",
    showAtDoor: "Show this code when you arrive.",
    change: "To see, change or cancel your appointment:",
    free: "Appointments are free. If someone charges you for one, do not pay.",
    opensOnly: "Opening the page changes nothing.",
    folioEndsIn: (tail) => `Your folio ends in ${tail}.`,
  },
};
