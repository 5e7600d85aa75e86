/** The questions of the survey and the faces of each, in the order in which they stand on paper. */
export const QUESTIONS = ["visit", "punctual", "time_taken", "courtesy"] as const;
export const ANSWERS = ["good", "fair", "bad"] as const;
