import type { PictogramName } from "#ui/pictogram.tsx";
import { Pictogram } from "#ui/pictogram.tsx";
import { useSession } from "../api/queries.ts";
import { useLanguage } from "../texts/texts.ts";

/** The first rule that fits; what none fits is a paper like any other. */
const PICTURES: readonly (readonly [RegExp, PictogramName])[] = [
  [/^pasaporte/, "passport"],
  [/^matricula/, "matricula"],
  [/^credencial|^cartilla/, "id-card"],
  [/^registro-nacimiento|^copia-acta/, "birth"],
  [/^matrimonio/, "family"],
  [/^ventanilla/, "info"],
  [/^proteccion|^asesoria/, "lock"],
];

export function pictureOf(service: string): PictogramName {
  return PICTURES.find(([pattern]) => pattern.test(service))?.[1] ?? "document";
}

export function useServiceName(): (slug: string) => string {
  const { services } = useSession();
  const language = useLanguage();
  return (slug) => services.find((one) => one.slug === slug)?.name[language] ?? slug;
}

/** Which documents a party comes for, each once with how many; pictures for the eye, names for the tooltip and the ear. */
export function ServicePictures({ services }: { services: readonly string[] }) {
  const nameOf = useServiceName();
  const counts = new Map<string, number>();
  for (const slug of services) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  return (
    <span className="pictures">
      {[...counts].map(([slug, count]) => (
        <span key={slug} className="picture" title={nameOf(slug)}>
          <Pictogram name={pictureOf(slug)} />
          {count > 1 && <span className="picture-count">×{count}</span>}
          <span className="hidden">{nameOf(slug)}</span>
        </span>
      ))}
    </span>
  );
}
