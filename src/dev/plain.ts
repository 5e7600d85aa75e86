/** An expected end of the start: its message says all that a person needs. */
export class Plain extends Error {}
