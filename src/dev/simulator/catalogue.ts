/** Every attack of the design's catalogue, and where it is answered: in the model or by another check. */
export interface Attacker {
  readonly number: string;
  readonly what: string;
  /** A file below `src/dev/simulator`, or null when the model does not play it. */
  readonly module: string | null;
  readonly answer: string;
}

const played = (number: string, what: string, module: string, answer: string): Attacker => ({
  number,
  what,
  module,
  answer,
});
const elsewhere = (number: string, what: string, answer: string): Attacker => ({ number, what, module: null, answer });

// prettier-ignore
export const CATALOGUE: readonly Attacker[] = [
  played("A1", "release sniper", "strategies/sniper.ts", "takes all he wants before any family; nothing to be fast for in a draw"),
  played("A2", "cancellation camper", "strategies/camper.ts", "wins what is on public view; freed places never are"),
  elsewhere("A3", "hold and upgrade", "not played: a booking may be moved twice, through the same queues; tests of `booking`"),
  played("A4", "cancel and book again in the client's name", "strategies/swap.ts", "works on view; where draws pass places on, `strategies/freeing.ts` plays it against the real rules"),
  played("A5", "orders in real names", "strategies/buyers.ts", "sells speed or attendance; in a draw there is neither"),
  played("A6", "stock under invented names", "strategies/hoarder.ts", "pays where scarcity can be made and sold"),
  played("A7", "flood of the draw", "strategies/flood.ts", "what it wins cannot be handed over"),
  played("A8", "several tickets for a client", "strategies/doubles.ts", "same identity: no gain (`filings.ts`); altered identities: see where it breaks"),
  played("A9", "account farm", "parameters.ts", "a cost: nine cents for each place"),
  played("A10", "relay of one-time codes", "parameters.ts", "a cost: part of fifty cents for each verified identity"),
  played("A11", "captcha farm, proof-of-work solver", "parameters.ts", "a cost, as A10"),
  played("A12", "residential proxies", "parameters.ts", "a cost, as A10"),
  played("A13", "many sessions in the waiting room", "strategies/sessions.ts", "played; forged and shared tokens: tests of the waiting room"),
  elsewhere("A14", "robots on the telephone", "not played: the line is an entry to the same draw; a call gives no speed that counts"),
  played("A15", "insider", "strategies/door.ts", "signs false emergencies; entries added after the lock are named by the verifiers"),
  played("A16", "squatter on somebody's identity", "strategies/squatter.ts", "`filings.ts`, by the real rule of the live leaf"),
  elsewhere("A17", "strangers as one household", "not played: splitting and padding are in the strategy-proofness test of `allocation`"),
  played("A18", "edit of the name after booking", "strategies/swap.ts", "played in the first mechanism; names are fixed in all others"),
  elsewhere("A19", "seller without any place", "not played: plain fraud, whatever the mechanism; information, not allocation"),
  played("A20", "saboteur", "strategies/saboteur.ts", "`sabotage.ts`, network-wide, with and without the shares of the policy"),
  played("A21", "seller of places in the line", "strategies/door.ts", "`door.ts`"),
  played("A22", "false emergency", "strategies/door.ts", "`door.ts`"),
  played("A23", "guard or clerk who lets people in", "strategies/door.ts", "`door.ts`"),
];
