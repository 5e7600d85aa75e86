import { expect, it } from "vitest";
import { initialsOf } from "./text.ts";

it.each([
  [["María Inventada", "Prueba", "López"], "M. P. L."],
  [["ángel", "de prueba", ""], "Á. D."],
  [["  'Ñusta", "-", "Ꞌama"], "Ñ. A."],
  [["x\u0331imena", ""], "X̱."],
  [["", "", ""], ""],
])("%j has the initials %s", (names, initials) => expect(initialsOf(names)).toBe(initials));
