/**
 * How common names and states are, for how much it says that two people share one.
 *
 * Surnames: INEGI, births registered from 2017 to 2020, the twenty commonest in either position, over 8,117,999 births
 * with two positions each (2,234,039 + 2,162,535 + 2,092,214 + 1,629,211). The share of Hernández that follows, 4.1 %,
 * is that of first surnames in the voters' register of December 2016 (3.4 million of 83 million).
 */
const SURNAME_POSITIONS = 2 * 8_117_999;
const SURNAMES: Readonly<Record<string, number>> = {
  HERNANDEZ: 671_972,
  GARCIA: 458_788,
  MARTINEZ: 447_073,
  LOPEZ: 412_247,
  GONZALEZ: 352_650,
  PEREZ: 332_048,
  RODRIGUEZ: 293_473,
  SANCHEZ: 288_543,
  RAMIREZ: 258_411,
  CRUZ: 204_640,
  FLORES: 180_789,
  GOMEZ: 180_490,
  MORALES: 148_507,
  VAZQUEZ: 145_267,
  JIMENEZ: 141_357,
  REYES: 141_101,
  TORRES: 128_564,
  DIAZ: 125_406,
  GUTIERREZ: 112_952,
  MENDOZA: 100_987,
};
/** A surname outside the list is at most one in 160. One in a thousand is assumed, so that a rare one says less than it could. */
const OTHER_SURNAME_BITS = 10;
const MOST_SURNAME_BITS = 14;

/**
 * Given names: no public table with counts of all ages was found (INEGI publishes the ranks of newborns), so these are
 * classes and no counts, each set so that a common name says little: one in eight, and one in thirty-two. All others
 * are taken as one in 512.
 */
const ONE_IN_EIGHT = ["MARIA", "JOSE"];
const ONE_IN_32 =
  "GUADALUPE JUAN LUIS ANA ROSA MARTHA MARGARITA FRANCISCO ANTONIO JESUS MIGUEL PEDRO ALEJANDRO MANUEL CARLOS JORGE ROBERTO ELENA JUANA LETICIA PATRICIA ALEJANDRA ELIZABETH SOFIA FERNANDA DANIEL DAVID ANGEL EDUARDO FERNANDO RICARDO JAVIER SANTIAGO CARMEN TERESA".split(
    " ",
  );
const GIVEN_BITS = new Map([
  ...ONE_IN_EIGHT.map((one) => [one, 3] as const),
  ...ONE_IN_32.map((one) => [one, 5] as const),
]);
const OTHER_GIVEN_BITS = 9;
/** A second given name goes with the first: it is worth little more. */
const FURTHER_GIVEN_BITS = 1;
const MOST_GIVEN_BITS = 12;

/** Thousands of residents by state, census of 2020 (INEGI). Where people were born is near enough where they live. */
const STATES: Readonly<Record<string, number>> = {
  AS: 1_426, BC: 3_769, BS: 798, CC: 928, CL: 3_147, CM: 731, CS: 5_544, CH: 3_742, DF: 9_210, DG: 1_833, GT: 6_167,
  GR: 3_541, HG: 3_083, JC: 8_348, MC: 16_992, MN: 4_749, MS: 1_972, NT: 1_235, NL: 5_784, OC: 4_132, PL: 6_583,
  QT: 2_368, QR: 1_858, SP: 2_822, SL: 3_027, SR: 2_945, TC: 2_403, TS: 3_528, TL: 1_343, VZ: 8_063, YN: 2_321, ZS: 1_622,
}; // prettier-ignore
const RESIDENTS = Object.values(STATES).reduce((sum, one) => sum + one, 0);
const [LEAST_STATE_BITS, MOST_STATE_BITS] = [2, 6];

/** Bits of sharing this surname, given as one or more words in capitals without accents. */
export function surnameBits(surname: string): number {
  const bits = surname.split(" ").map((word) => bitsOf(SURNAMES[word], SURNAME_POSITIONS) ?? OTHER_SURNAME_BITS);
  return Math.min(MOST_SURNAME_BITS, Math.max(...bits));
}

/** Bits of sharing all these given names. */
export function givenBits(words: readonly string[]): number {
  const rarest = Math.max(...words.map((word) => GIVEN_BITS.get(word) ?? OTHER_GIVEN_BITS));
  return Math.min(MOST_GIVEN_BITS, rarest + FURTHER_GIVEN_BITS * (words.length - 1));
}

/** Bits of being born in the same state; abroad is said of too many places to say much. */
export function stateBits(state: string): number {
  return Math.min(MOST_STATE_BITS, Math.max(LEAST_STATE_BITS, bitsOf(STATES[state], RESIDENTS) ?? LEAST_STATE_BITS));
}

function bitsOf(count: number | undefined, of: number): number | undefined {
  return count === undefined ? undefined : Math.log2(of / count);
}
