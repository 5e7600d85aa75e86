/** Fictional people, as a family types them. */
export interface Person {
  readonly given: string;
  readonly first: string;
  readonly second: string;
  /** Day, month, year. */
  readonly born: readonly [string, string, string];
  readonly bornIn: string;
  readonly sex: "Mujer" | "Hombre" | "X, no binario";
  readonly services: readonly string[];
  /** For a child: what the page asks about each person on the record. */
  readonly parents?: { readonly first: ParentAnswer; readonly second?: ParentAnswer };
}

export type ParentAnswer =
  | { readonly part: "Viene con la niña, niño o adolescente" }
  | {
      readonly part: "Firma el permiso en otra oficina";
      readonly signedOn?: readonly [string, string, string];
      /** The way that the sheet goes, and the address. */
      readonly sheetTo?: readonly ["Por correo" | "Por mensaje de texto", string];
    };

const COMES = { part: "Viene con la niña, niño o adolescente" } as const;

export const ROSA: Person = {
  given: "Rosa Ficticia",
  first: "Inventada",
  second: "De Prueba",
  born: ["17", "5", "1990"],
  bornIn: "Oaxaca",
  sex: "Mujer",
  services: ["Pasaporte, 18 años o más", "Matrícula consular"],
};

export const JUAN: Person = {
  given: "Juan Ficticio",
  first: "Ñuuꞌbi",
  second: "",
  born: ["2", "11", "1987"],
  bornIn: "Michoacán",
  sex: "Hombre",
  services: ["Matrícula consular"],
};

export const LUCIA: Person = {
  given: "Lucía Ficticia",
  first: "Ñuuꞌbi",
  second: "Inventada",
  born: ["9", "3", "2016"],
  bornIn: "Oaxaca",
  sex: "Mujer",
  services: ["Pasaporte, de 3 a 17 años"],
  parents: { first: COMES, second: { part: "Firma el permiso en otra oficina", signedOn: ["10", "11", "2026"] } },
};

export const MATEO: Person = {
  given: "Mateo Ficticio",
  first: "Ñuuꞌbi",
  second: "Inventada",
  born: ["1", "6", "2020"],
  bornIn: "En otro país",
  sex: "Hombre",
  services: ["Registro de nacimiento"],
  parents: { first: COMES, second: COMES },
};

/** A couple with two children: five services in two groups, one visit. */
export const FAMILY = [ROSA, JUAN, LUCIA, MATEO];
