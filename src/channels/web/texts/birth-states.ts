import type { BIRTH_STATES } from "#modules/booking/index.ts";

type StateCode = Exclude<(typeof BIRTH_STATES)[number], "NE">;

/** The 32 states by their letters in the CURP, in alphabetical order of their names. */
export const STATE_NAMES: Readonly<Record<StateCode, string>> = {
  AS: "Aguascalientes",
  BC: "Baja California",
  BS: "Baja California Sur",
  CC: "Campeche",
  CS: "Chiapas",
  CH: "Chihuahua",
  DF: "Ciudad de México",
  CL: "Coahuila",
  CM: "Colima",
  DG: "Durango",
  MC: "Estado de México",
  GT: "Guanajuato",
  GR: "Guerrero",
  HG: "Hidalgo",
  JC: "Jalisco",
  MN: "Michoacán",
  MS: "Morelos",
  NT: "Nayarit",
  NL: "Nuevo León",
  OC: "Oaxaca",
  PL: "Puebla",
  QT: "Querétaro",
  QR: "Quintana Roo",
  SP: "San Luis Potosí",
  SL: "Sinaloa",
  SR: "Sonora",
  TC: "Tabasco",
  TS: "Tamaulipas",
  TL: "Tlaxcala",
  VZ: "Veracruz",
  YN: "Yucatán",
  ZS: "Zacatecas",
};
