import { localDateAt } from "#kernel/time.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { parseCurp } from "#modules/booking/index.ts";
import { getNetwork, type Network, type Office } from "#modules/offices/index.ts";
import { getPublicDays, type PublicDay } from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";
import type { Facts, Language, OfficeFact, ServiceFact, TalkChannel } from "../types.ts";

/** What the steps may know, in the person's language; nothing of it is personal. */
export async function factsFor(
  services: Services,
  who: {
    readonly channel: TalkChannel;
    readonly language: Language;
    readonly proved: boolean;
    readonly provedNow: boolean;
  },
): Promise<Facts> {
  const [network, days] = await Promise.all([getNetwork(services), getPublicDays(services)]);
  const now = services.clock.now();
  return {
    now,
    channel: who.channel,
    lines: network.lines,
    services: servicesIn(network, who.language),
    office(id: OfficeId): OfficeFact | undefined {
      const office = network.officeById.get(id);
      return office && officeIn(office, days, who.language, now);
    },
    readCurp(typed) {
      const read = parseCurp(typed);
      return read && { ...read, bornOn: read.bornOn as never };
    },
    proved: who.proved,
    provedNow: who.provedNow,
  };
}

/** Made once for a network and language: the picture of it changes once a minute at most. */
const made = new WeakMap<Network, Partial<Record<Language, readonly ServiceFact[]>>>();

function servicesIn(network: Network, language: Language): readonly ServiceFact[] {
  const known = made.get(network) ?? {};
  made.set(network, known);
  return (known[language] ??= network.services.map((one) => ({
    slug: one.slug,
    scope: one.claimScope,
    name: one.name[language],
    bookable: one.bookable,
    ages: one.ages,
    parentsTakePart: one.parentsTakePart,
    requirements: one.requirements.map(({ text }) => text[language]),
  })));
}

function officeIn(office: Office, days: readonly PublicDay[], language: Language, now: Date): OfficeFact {
  const { address, phone, duty_line: duty } = office.publicFacts;
  const today = localDateAt(now, office.zone);
  return {
    id: office.id,
    city: office.shortName[language],
    zone: office.zone,
    address:
      address && `${address.value.street}, ${address.value.city}, ${address.value.state} ${address.value.postalCode}`,
    phone: phone?.value,
    dutyLine: duty && duty.level !== "invented" ? duty.value : undefined,
    venues: days
      .filter((day) => day.officeId === office.id && day.venue && day.state === "published" && day.localDate >= today)
      .map((day) => ({ date: day.localDate, place: `${day.venue!.name}, ${day.venue!.street}, ${day.venue!.city}` })),
  };
}
