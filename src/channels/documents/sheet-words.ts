interface SheetWords {
  readonly title: string;
  readonly printed: (at: string) => string;
  readonly page: (page: number, pages: number) => string;
  readonly columns: readonly [
    hour: string,
    folio: string,
    initials: string,
    service: string,
    counter: string,
    outcome: string,
  ];
  readonly ticket: string;
  /** Under the hour: when it is expected instead, and that it may come back. */
  readonly later: (time: string) => string;
  readonly back: string;
  /** The letters of the boxes, in the order of the outcomes: issued, paper missing, refused, did not come. */
  readonly letters: readonly [string, string, string, string];
  readonly legend: string;
  readonly rules: string;
  readonly nobody: string;
}

/** What stands on the printed list of a day, which is for staff and names nobody. */
export const SHEET_WORDS: Readonly<Record<"es" | "en", SheetWords>> = {
  es: {
    title: "Lista del día",
    printed: (at) => `Impresa: ${at}`,
    page: (page, pages) => `Página ${page} de ${pages}`,
    columns: ["Hora", "Folio", "Iniciales", "Servicio", "Vent.", "Resultado y motivo"],
    ticket: "Turno",
    later: (time) => `se espera ${time}`,
    back: "puede volver otro día",
    letters: ["E", "P", "R", "N"],
    legend: "E: entregado. P: falta papel. R: rechazado. N: no vino.",
    rules:
      "El folio se ve por su final. Corte y entregue el turno. Al volver el sistema, capture y destruya esta hoja.",
    nobody: "Nadie tiene cita este día.",
  },
  en: {
    title: "List of the day",
    printed: (at) => `Printed: ${at}`,
    page: (page, pages) => `Page ${page} of ${pages}`,
    columns: ["Hour", "Folio", "Initials", "Service", "Desk", "Outcome and reason"],
    ticket: "Turn",
    later: (time) => `expected ${time}`,
    back: "may come back",
    letters: ["I", "P", "R", "N"],
    legend: "I: issued. P: paper missing. R: refused. N: did not come.",
    rules: "Folios show their end. Tear off and hand out the ticket. Once typed in, destroy this sheet.",
    nobody: "Nobody has an appointment on this day.",
  },
};
