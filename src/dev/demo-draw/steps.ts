/** What just happened in the demonstration, in facts. The console and the command put it into words. */
export type DemoStep =
  | { readonly code: "filed"; readonly households: number }
  | { readonly code: "closed" }
  | {
      readonly code: "locked";
      readonly entries: number;
      readonly people: number;
      /** Hex. */
      readonly root: string;
      readonly witnesses: number;
    }
  | { readonly code: "drawn"; readonly served: number; readonly waiting: number }
  | { readonly code: "second"; readonly served: number; readonly waiting: number }
  | { readonly code: "answered"; readonly booked: number; readonly yes: number; readonly no: number }
  | { readonly code: "silent"; readonly booked: number }
  | { readonly code: "checked"; readonly verdict: string; readonly faults: number; readonly entries: number }
  | { readonly code: "done"; readonly draw: string; readonly second: string };

/** Why it cannot be played: nothing is drawn, a round of drand comes when it comes, or somebody plays it at this moment. */
export type DemoRefusal = "no_draw" | "drand_cannot_be_hurried" | "plays_already";

const REFUSALS: Readonly<Record<DemoRefusal, string>> = {
  no_draw: "No office draws its places here, so that there is nothing to draw.",
  drand_cannot_be_hurried: "This draw waits for a round of drand, which cannot be hurried. Start without BEACON.",
  plays_already: "The demonstration is being played at this moment. Wait a minute.",
};
const ROOT_SHOWN = 16;

/** The step as the command prints it. */
export function sentenceOf(step: DemoStep, origin: string): string {
  switch (step.code) {
    case "filed":
      return `${step.households} more families ask for places. Each has a signed promise that it is in the list.`;
    case "closed":
      return "The list is closed. Nobody is added, changed or taken out any more.";
    case "locked":
      return `Signed before the number exists: ${step.entries} requests of ${step.people} people, root ${step.root.slice(0, ROOT_SHOWN)}…, cosigned by ${step.witnesses} witnesses.`;
    case "drawn":
      return `The number came, and the draw is done: ${step.served} families have a place, ${step.waiting} wait.`;
    case "answered":
      return `${step.booked} had said yes beforehand and are booked. Yes: ${step.yes}. No, which costs nothing: ${step.no}.`;
    case "silent":
      return `The time to say no is over. ${step.booked} said nothing, and keep their places.`;
    case "second":
      return `Second round, in a fresh order: ${step.served} more families have a place, ${step.waiting} wait for the next draw.`;
    case "checked":
      return `Checked from the published files alone: ${step.entries} entries, ${step.faults} faults, verdict ${step.verdict}.${
        step.verdict === "not_publicly_verifiable"
          ? " (The demo's number is the operator's own; a live draw uses drand.)"
          : ""
      }`;
    case "done":
      return doneText(step.draw, origin);
  }
}

function doneText(draw: string, origin: string): string {
  const files = `${origin}/open/v1/draws/${draw}`;
  return [
    `Its page: ${origin}/repartos/${draw}`,
    "Check it yourself:",
    `  curl -so documents.jsonl ${files}/documents.jsonl && curl -so replay.jsonl ${files}/replay.jsonl`,
    "  node dist/verify.js --lang en documents.jsonl replay.jsonl",
  ].join("\n");
}

export function refusalText(refusal: DemoRefusal): string {
  return REFUSALS[refusal];
}
