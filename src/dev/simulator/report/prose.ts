import * as p from "../parameters.ts";

export const INTRODUCTION = `A seller of appointments against seven ways of giving places out. The seller knows the rules and picks whatever earns most (price, orders, stock, floods, several tickets for a client) by grid search; families know roughly how they fared in past releases and buy when it seems worth it. Every draw of the mechanism that Ventanilla ships, second rounds and daily draws included, is made by the real rules of the module \`allocation\` (\`allocate\`, its order, tiers and shares); nothing of them is copied. All else is a model: the waiting room's lot is a shuffled list, and prices, habits and costs are assumptions, listed at the end.

**Captured** is what was sold or was held by the seller to the end, of all places. **Wasted** was held and used by nobody. **Free success** is the share of persons asking in a release who got a place for nothing. **Gini** is over channel × office and has no value where nobody is served for nothing. "Asked per place" counts families that came back as well, as the switch between draw and immediate booking does.`;

export const READING = `What to read in it:

- The sign pattern of the paper is there: first come at high demand earns most, at low demand less, the draw as built nothing. One difference remains: here a seller who may hoard without limit earns at low demand too, because he makes the scarcity that he sells. A cap on what one contact may hold is what removes it.
- Limits on accounts and blocked mailboxes hardly touch the profit of a seller who pays cents for each place.
- A clean waiting room without anything to take still lets a seller sell attendance where demand exceeds supply.
- A draw that leaks, by freed places on view or by several tickets for a person, gives him back a large part of his income. Both have to be closed.
- First come is unfair by channel even without any seller; the draw is not.`;

export const FILINGS = `One family in ten is filed for by several contacts under its own identity; the rule of the live leaf decides which filing counts. For a seller, more contacts are no second chance ("by any of them" stays with "filed for once"). For a squatter, they are a way to take the chance of somebody who was never seen in person; level 2 ends it. Every filing that does not count also holds a place until the second round, which is why everybody's first round gets worse.`;

export const DOOR = `Emergencies (one place in ten) and people without an appointment (one in ten) are not drawn. One officer in ten sells, an honest one believes a forged paper one time in twenty, and each session meets ten invented emergencies: guesses, all three. As designed, an emergency needs two signatures, turns are drawn among those present and bear a name, and more than a tenth of a session by priority needs a second person.`;

export const ASSUMPTIONS = `From sources named in the design: presence at the opening and reaction of families by channel, prices of ${dollars(25)} to ${dollars(90)} (worth is lognormal, median ${dollars(p.WORTH_MEDIAN_CENTS / 100)}, σ ${p.WORTH_SIGMA}), ${share(p.REACHABLE_SHARE)} reachable by sellers, ${share(p.CANCEL_SHARE)} cancel, ${share(p.STAYS_SHARE)} come back, ${share(p.NAIVE_SHARE)} naive, reaction of bots within ${p.SNIPER_REACTION.join(" to ")} seconds, ${share(p.CAMPER_WINS)} of places on view, ${share(p.BLOCKED_SHARE)} of a stock found by mailbox blocking, costs of ${p.GRAB_CENTS}, ${p.LIMITED_GRAB_CENTS} and ${p.IDENTITY_CENTS} cents for a place, a limited place and an identity.

Guesses of ours: sizes of families, shares of tiers and of kinds of contact, days on which families can come, minutes for an attempt, that an advantage below ${share(p.NOTICEABLE)} is noticed by nobody, memory of past releases, when cancellations come, how soon a family meets a seller, everything about the door. Adverts reach other families in each release. A place handed over counts for a buyer as much as one of her own; fees for mere form-filling are not counted as scalping.

A run is ${p.RELEASES} releases of 400 places at four offices, the first ${p.WARM_UP} not counted. "Found" is the share of doubled or invented entries that are recognised before the lock; for the draw the same share, and no more, of the invented winners is found afterwards. The clean room assumes that nine of ten invented persons fail a check before the day.`;

export const LIMITS = `- It is a model of incentives, not a forecast. Signs and orders of magnitude are meant, not digits.
- Detection is an input here. What the near-duplicate search really finds is measured with the integrity rules, not in this simulation.
- The best response is searched on two seeds: over the whole grid for first come and waiting rooms, along one choice after the other from two starts for draws; a cleverer seller may find more. Profit is nearly flat in the price, while the share captured is not: a seller at $15 and one at $30 may earn alike and take twice or half as many places. Its profits are from other seeds and can therefore fall below zero where staying out would be best.
- Random delay before a freed place returns is not simulated: whoever asks every five seconds does not care when.
- False alarms of the integrity layer and the work of its calls are not in the model; they belong to the layer's own tests.
- Upgraders, loss credit and several service groups are in the rules and their tests, not in this market.`;

function dollars(value: number): string {
  return `$${value}`;
}

function share(value: number): string {
  return `${Math.round(value * 100)} %`;
}
