import { z } from "zod";

const told = z.object({
  headline: z.string(),
  when: z.string(),
  /** For Facebook and WhatsApp. */
  text: z.string(),
  /** Read aloud within half a minute; numbers are written in words. */
  radio: z.string(),
  radioWords: z.number(),
  /** Version and day. */
  stamp: z.string(),
  /** What is not as it was first told: was → is. */
  changes: z.array(z.string()),
  /** Addresses that stay, of this site. */
  page: z.string(),
  image: z.string(),
  poster: z.string(),
});

/** GET /publications: what the own office may send out about its special days, ready to use. */
export const publications = z.object({
  days: z.array(
    z.object({
      id: z.string(),
      state: z.enum(["published", "closed", "suspended", "cancelled"]),
      revision: z.number(),
      es: told,
      en: told,
    }),
  ),
});
export type Publications = z.infer<typeof publications>;
