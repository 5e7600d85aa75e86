import { renderPublicationImage, type PublicationView } from "#channels/documents/publication-image.ts";
import { tag, type Tagged } from "#platform/http/index.ts";

/** 59 offices, two languages, three draws or special days of each at a time; about 30 KB a picture, so 15 MB at most. */
const MOST_PICTURES = 512;

/**
 * Files by what they show: whatever is corrected makes another one. A picture is a tenth of a second of a core, so one
 * is made at a time, whoever asks for how many; those that were made last are kept.
 */
export function keepMade<View>(
  render: (view: View) => Promise<Buffer>,
  most = MOST_PICTURES,
): (view: View) => Promise<Tagged> {
  const kept = new Map<string, Promise<Tagged>>();
  let last: Promise<unknown> = Promise.resolve();
  return (view) => {
    const key = JSON.stringify(view);
    const known = kept.get(key);
    if (known) return known;
    const made = last.then(async () => tag(await render(view)));
    last = made.catch(() => kept.delete(key));
    kept.set(key, made);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return made;
  };
}

/** Pictures by what of their words they show. */
export function keepPictures(
  render: (view: PublicationView) => Promise<Buffer> = renderPublicationImage,
  most = MOST_PICTURES,
): (view: PublicationView) => Promise<Tagged> {
  const pictureOf = keepMade(render, most);
  return ({ service, headline, when, whenLines, place, lines, free, host, phone, demo, address, correction, stamp }) =>
    pictureOf({
      service,
      headline,
      when,
      whenLines,
      place,
      lines,
      free,
      host,
      phone,
      demo,
      address,
      correction,
      stamp,
    });
}
