/** Where a visit is when it is not at the office. */
export interface Venue {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly region: string;
}

/** What a text message has room for: without the street somebody would drive to the consulate. */
export function shortPlace(city: string, venue: Venue | undefined): string {
  return venue === undefined ? city : `${venue.street}, ${venue.city}`;
}

export function wholePlace({ name, street, city, region }: Venue): string {
  return `${name}, ${street}, ${city}, ${region}`;
}
