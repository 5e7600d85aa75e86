/** The instant at which every test database was filled: a Monday in Los Angeles and everywhere else. */
export const REFERENCE_NOW = new Date("2026-11-23T18:00:00Z");
