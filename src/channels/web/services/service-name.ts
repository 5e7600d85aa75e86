import type { Service } from "#modules/offices/index.ts";
import { serviceWords } from "../texts/services.ts";
import type { Language } from "../texts/texts.ts";

/** What people say when they mean the service; a service without such words goes by its official name. */
export function serviceName(service: Pick<Service, "slug" | "name">, language: Language): string {
  const known = serviceWords.catalogues[language];
  return known[service.slug] ?? service.name[language];
}
