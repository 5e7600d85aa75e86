import { Card, CardList, PageHeading, type PictogramName } from "#ui/index.ts";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { serviceTexts } from "../texts/services.ts";
import { publicUrls } from "../urls.ts";
import { serviceName } from "./service-name.ts";

/** Services by what people need, not by who carries them out. */
const NEEDS = [
  {
    need: "passport",
    pictogram: "passport",
    slugs: ["pasaporte-adulto", "pasaporte-menor-3-a-17", "pasaporte-menor-3", "pasaporte-emergencia"],
  },
  { need: "id", pictogram: "matricula", slugs: ["matricula-consular", "credencial-votar"] },
  {
    need: "family",
    pictogram: "birth",
    slugs: ["registro-nacimiento", "copia-acta", "matrimonio", "registro-defuncion", "declaratoria-nacionalidad"],
  },
  {
    need: "notary",
    pictogram: "document",
    slugs: ["poder-notarial", "otros-actos-notariales", "certificados-legalizaciones"],
  },
  { need: "return", pictogram: "id-card", slugs: ["menaje-de-casa", "cartilla-militar"] },
  { need: "help", pictogram: "phone", slugs: ["proteccion-consulta", "asesoria-legal-pale"] },
  {
    need: "community",
    pictogram: "family",
    slugs: [
      "ventanilla-salud",
      "ventanilla-financiera",
      "ventanilla-educativa",
      "ventanilla-mujer",
      "ventanilla-pueblos-originarios",
    ],
  },
  { need: "foreigners", pictogram: "map-pin", slugs: ["visa"] },
] as const satisfies readonly { need: string; pictogram: PictogramName; slugs: readonly string[] }[];

export function serviceListPage({ language, network }: Seen): Page {
  const t = serviceTexts(language);
  const placed = new Set<string>(NEEDS.flatMap(({ slugs }) => slugs));
  const others = network.services.filter((service) => !placed.has(service.slug)).map((service) => service.slug);
  const sections: { need: Parameters<typeof t>[0]; pictogram: PictogramName; slugs: readonly string[] }[] = [
    ...NEEDS,
    { need: "other", pictogram: "document", slugs: others },
  ];
  return {
    language,
    title: t("listTitle"),
    address: publicUrls.services,
    description: t("listDescription"),
    wide: true,
    children: (
      <>
        <PageHeading lead={t("listLead")}>{t("listHeading")}</PageHeading>
        {sections.map(({ need, pictogram, slugs }) => {
          const services = slugs.flatMap((slug) => network.serviceBySlug.get(slug) ?? []);
          if (services.length === 0) return undefined;
          return (
            <section key={need} aria-labelledby={need}>
              <h2 id={need}>{t(need)}</h2>
              <CardList>
                {services.map((service) => {
                  const words = serviceName(service, language);
                  const name = service.name[language];
                  return (
                    <Card
                      key={service.slug}
                      href={publicUrls.service(service.slug)(language)}
                      title={words}
                      titleAs="h3"
                      pictogram={pictogram}
                    >
                      {words !== name && <p className="hint">{name}</p>}
                    </Card>
                  );
                })}
              </CardList>
            </section>
          );
        })}
      </>
    ),
  };
}
