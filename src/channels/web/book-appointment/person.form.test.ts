import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { checkPerson, typedPerson, type TypedPerson } from "./person.form.ts";

const TODAY = "2026-11-23" as LocalDate;
const PERSON: TypedPerson = {
  nombre: "María",
  apellido1: "Hernández",
  apellido2: "",
  otro: "",
  nacio: { day: "27", month: "4", year: "1956" },
  lugar: "VZ",
  sexo: "M",
  curp: "",
  seguro: "",
};
const check = (change: Partial<TypedPerson>) => checkPerson({ ...PERSON, ...change }, TODAY);
const problems = (change: Partial<TypedPerson>) => {
  const checked = check(change);
  return checked.ok ? [] : checked.problems.map(({ field, key }) => `${field} ${key}`);
};

describe("a person as on the acta", () => {
  it("keeps every letter of every name", () => {
    for (const name of ["Ñuuꞌbi", "de la O", "J.", "T'ooꞌ Maꞌay", "N̰úú X̱imena", "Pérez-Gómez", "Güemes"]) {
      const checked = check({ nombre: name });
      expect(checked.ok && checked.value.givenNames.normalize("NFC")).toBe(name.normalize("NFC"));
    }
  });

  it("needs no second surname, no other name and no CURP", () => {
    expect(problems({})).toEqual([]);
  });

  it("tells every problem at once, in the order of the boxes", () => {
    const empty = typedPerson({});
    expect(checkPerson(empty, TODAY)).toMatchObject({
      ok: false,
      problems: [
        { field: "nombre", key: "given_missing" },
        { field: "apellido1", key: "surname_missing" },
        { field: "nacio", key: "date_missing" },
        { field: "lugar", key: "born_in_missing" },
        { field: "sexo", key: "sex_missing" },
      ],
    });
  });

  it("refuses what no name has, and births that cannot be", () => {
    expect(problems({ nombre: "<b>" })).toEqual(["nombre name_characters"]);
    expect(problems({ apellido1: "a\u202Eb" })).toEqual(["apellido1 name_characters"]);
    expect(problems({ otro: "x".repeat(81) })).toEqual(["otro name_long"]);
    expect(problems({ nacio: { day: "1", month: "1", year: "2027" } })).toEqual(["nacio date_future"]);
    expect(problems({ nacio: { day: "1", month: "1", year: "1856" } })).toEqual(["nacio date_old"]);
  });

  it("asks once where a CURP says another date, sex or name, takes a yes for it, and lets X stand beside what the CURP still says", () => {
    const hers = { curp: "hegg 560427 mvzrrl04", nombre: "María Gregoria", apellido2: "García" };
    expect(check(hers)).toMatchObject({ ok: true, value: { curp: "HEGG560427MVZRRL04" } });
    expect(problems({ ...hers, curp: "HEGG560427MVZRRL05" })).toEqual(["curp curp_wrong"]);
    expect(problems({ ...hers, nacio: { day: "28", month: "4", year: "1956" } })).toEqual(["seguro curp_other_date"]);
    expect(problems({ ...hers, sexo: "H" })).toEqual(["seguro curp_other_sex"]);
    expect(problems({ ...hers, apellido1: "Zapata" })).toEqual(["seguro curp_other_name"]);
    expect(problems({ ...hers, sexo: "X" })).toEqual([]);
    expect(check({ ...hers, sexo: "H", apellido1: "Zapata", seguro: "si" })).toMatchObject({
      ok: true,
      value: { curp: "HEGG560427MVZRRL04", sex: "H" },
    });
    expect(problems({ ...hers, curp: "HEGG560427MVZRRL05", seguro: "si" })).toEqual(["curp curp_wrong"]);
  });

  it("never breaks, whatever is sent", () => {
    const sent = fc.dictionary(
      fc.constantFrom("nombre", "apellido1", "nacio-day", "nacio-year", "lugar", "sexo", "curp"),
      fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string()), fc.integer()),
    );
    fc.assert(
      fc.property(sent, (body) => {
        const checked = checkPerson(typedPerson(body), TODAY);
        expect(checked.ok || checked.problems.length > 0).toBe(true);
      }),
    );
  });
});
