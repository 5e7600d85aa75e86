import { texts } from "./texts.ts";

/** A person typed by a clerk, as on the birth record. */
export const personTexts = texts({
  es: {
    person: (number: number) => `Persona ${number}`,
    fields: {
      givenNames: "Nombre o nombres",
      firstSurname: "Primer apellido",
      secondSurname: "Segundo apellido (si tiene)",
      bornOn: "Fecha de nacimiento",
      bornIn: "Dónde nació",
      sex: "Sexo en el acta",
      parents: "Si no ha cumplido 18: personas del acta que vienen",
    },
    sexes: { M: "Mujer", H: "Hombre", X: "No binario" },
  },
  en: {
    person: (number: number) => `Person ${number}`,
    fields: {
      givenNames: "Given names",
      firstSurname: "First surname",
      secondSurname: "Second surname (if any)",
      bornOn: "Birth date",
      bornIn: "Born in",
      sex: "Sex on the record",
      parents: "Under 18: people on the record who come",
    },
    sexes: { M: "Female", H: "Male", X: "Non-binary" },
  },
});
