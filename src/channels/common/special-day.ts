import type { DrawAhead } from "#modules/allocation/index.ts";
import type { Network } from "#modules/offices/index.ts";
import type { PublicDay } from "#modules/schedules/index.ts";
import type { SpecialDayView } from "#channels/documents/special-day.ts";

interface About {
  readonly language: "es" | "en";
  readonly network: Network;
  readonly draws: readonly DrawAhead[];
  readonly publicOrigin: string;
  readonly now: Date;
}

/** Facts of the offices are invented: whatever leaves the house says so. */
export function isDemo({ offices }: Network): boolean {
  return offices.some((office) => Object.values(office.publicFacts).some((fact) => fact?.level === "invented"));
}

/** The page of a special day and its files, at addresses that stay: posters hang for weeks. */
export function specialDayPath({ id }: Pick<PublicDay, "id">, file = ""): string {
  return `/jornadas/${id}${file === "" ? "" : `/${file}`}`;
}

/** A special day with its office, its draw and where it is published; undefined while its office is not known. */
export function viewOfDay(
  day: PublicDay,
  { language, network, draws, publicOrigin, now }: About,
): SpecialDayView | undefined {
  const office = network.officeById.get(day.officeId);
  if (office === undefined) return undefined;
  const { address } = office.publicFacts;
  return {
    language,
    day,
    zone: office.zone,
    city: office.shortName[language],
    // An invented address would send families somewhere: it stays off what is meant to leave the house.
    officeAddress:
      address && address.level !== "invented"
        ? [office.name[language], address.value.street, `${address.value.city}, ${address.value.state}`]
        : [],
    askUntil: day.givenOut === "draw" ? drawFor(day, draws, now)?.first.locksAt : undefined,
    host: new URL(publicOrigin).host,
    // A telephone number never breaks in two lines.
    phone: network.lines.appointments.replaceAll("-", "\u00a0"),
    address: publicOrigin + (language === "en" ? "/en" : "") + specialDayPath(day),
    demo: isDemo(network),
    now,
  };
}

/** The draw whose days it is among, and that still takes requests. */
function drawFor({ localDate }: PublicDay, draws: readonly DrawAhead[], now: Date): DrawAhead | undefined {
  return draws.find(
    ({ first }) => first.locksAt > now && first.horizonFrom <= localDate && localDate <= first.horizonTo,
  );
}
