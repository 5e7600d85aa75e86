interface ReleaseWords {
  readonly network: string;
  readonly office: (city: string) => string;
  readonly opens: string;
  readonly locks: string;
  readonly result: string;
  readonly second: string;
  readonly tick: string;
  readonly day: string;
  readonly opensText: string;
  readonly locksText: string;
  readonly resultText: string;
  readonly secondText: string;
  readonly tickText: string;
  readonly dayText: string;
  readonly free: string;
}

/** What the calendar of releases says: moments of the whole network or of an office, of nobody's appointment. */
export const RELEASE_WORDS: Readonly<Record<"es" | "en", ReleaseWords>> = {
  es: {
    network: "Citas de los consulados: cuándo salen lugares",
    office: (city) => `Citas del consulado en ${city}: cuándo salen lugares`,
    opens: "Ya puede pedir lugar en el reparto de citas",
    locks: "Último momento para pedir lugar en este reparto",
    result: "Resultado del reparto de citas",
    second: "Segunda vuelta del reparto de citas",
    tick: "Vuelven los lugares que otras personas dejaron",
    day: "Día especial del consulado",
    opensText: "Pedir primero o al final da lo mismo.",
    locksText: "Si pide después, entra al siguiente reparto.",
    resultText: "Le avisamos. Si no le toca, sigue en el siguiente.",
    secondText: "Se reparten los lugares que otras familias no usarán.",
    tickText: "Salen a la misma hora en todos los consulados.",
    dayText: "Se atiende con cita.",
    free: "La cita es gratuita.",
  },
  en: {
    network: "Consulate appointments: when places come out",
    office: (city) => `Appointments at the consulate in ${city}: when places come out`,
    opens: "You can now ask for a place in the draw",
    locks: "Last moment to ask for a place in this draw",
    result: "Result of the draw of appointments",
    second: "Second round of the draw of appointments",
    tick: "Places that other people gave back return",
    day: "Special day of the consulate",
    opensText: "Asking first or last makes no difference.",
    locksText: "If you ask later, you are in the next draw.",
    resultText: "We tell you. If you get none, you stay in for the next one.",
    secondText: "Places that other families will not use are given out.",
    tickText: "They come out at the same hour at every consulate.",
    dayText: "By appointment.",
    free: "Appointments are free.",
  },
};
