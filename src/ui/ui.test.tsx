import { HtmlValidate } from "html-validate/node";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import {
  Button,
  ButtonRow,
  Card,
  CardList,
  Checkboxes,
  Checklist,
  DataTable,
  DateField,
  Details,
  ErrorSummary,
  fieldId,
  Folio,
  Form,
  Hero,
  HoldTimer,
  Layout,
  Notice,
  Pager,
  PageHeading,
  PICTOGRAM_NAMES,
  Pictogram,
  PlacesGrid,
  QuickExit,
  ReadAloud,
  Radios,
  renderPage,
  Select,
  Slip,
  Steps,
  SummaryList,
  Tag,
  Textarea,
  TextField,
  TimeList,
} from "./index.ts";

const html = (element: ReactElement) => renderToStaticMarkup(element);

describe("a text field", () => {
  const field = html(
    <TextField
      name="people[0].curp"
      label="CURP"
      hint="18 letras y números."
      error="Faltan letras."
      value={'<b>"x'}
      width={20}
      code
    />,
  );

  it("ties its label, hint and error to the box", () => {
    expect(field).toContain('<label for="people-0-curp">CURP</label>');
    expect(field).toContain('id="people-0-curp-hint"');
    expect(field).toContain('id="people-0-curp-error"');
    expect(field).toMatch(/<input [^>]*aria-describedby="people-0-curp-hint people-0-curp-error"/);
    expect(field).toMatch(/<input [^>]*aria-invalid="true"/);
    expect(field).toMatch(/<input id="people-0-curp" [^>]*name="people\[0\]\.curp"/);
  });

  it("gives back what was typed, as text", () => {
    expect(field).toContain('value="&lt;b&gt;&quot;x"');
    expect(field).toContain('spellCheck="false"');
  });

  it("describes nothing and accuses of nothing when there is neither hint nor error", () => {
    const plain = html(<TextField name="city" label="Ciudad" />);
    expect(plain).not.toContain("aria-describedby");
    expect(plain).not.toContain("aria-invalid");
  });

  it("makes the label the h1 of a page with one question", () => {
    expect(html(<TextField name="city" label="Ciudad" heading />)).toContain(
      '<h1><label for="city">Ciudad</label></h1>',
    );
  });
});

describe("a date field", () => {
  const labels = { day: "Día", month: "Mes", year: "Año" };

  it("labels three boxes, keeps a date that is none, and marks only the wrong box", () => {
    const date = html(
      <DateField
        name="born"
        label="¿Cuándo nació?"
        hint="27 3 1987"
        error="Falta el año."
        wrong={["year"]}
        labels={labels}
        value={{ day: "31", month: "feb" }}
      />,
    );
    expect(date).toMatch(/<fieldset aria-describedby="born-hint born-error"><legend>¿Cuándo nació\?<\/legend>/);
    for (const part of ["day", "month", "year"]) expect(date).toContain(`<label for="born-${part}">`);
    expect(date).toMatch(/name="born-month"[^>]*value="feb"/);
    expect(date.match(/aria-invalid="true"/g)).toHaveLength(1);
    expect(date).toMatch(/id="born-year"[^>]*aria-invalid="true"/);
  });

  it("marks all three boxes when the error does not say which", () => {
    const date = html(<DateField name="born" label="Fecha" error="Escriba la fecha." labels={labels} />);
    expect(date.match(/aria-invalid="true"/g)).toHaveLength(3);
  });
});

describe("choices", () => {
  const options = [
    { value: "yes", text: "Sí" },
    { value: "no", text: "No", hint: "Nunca" },
  ];

  it("puts the field's own id on the first radio, where the error summary points", () => {
    const radios = html(
      <Radios name="first-time" label="¿Es la primera vez?" error="Elija una." options={options} value="no" />,
    );
    expect(radios).toMatch(/<input id="first-time" type="radio" name="first-time" value="yes"\/>/);
    expect(radios).toMatch(/<input id="first-time-no" [^>]*checked="" value="no"\/>/);
    expect(radios).toContain('<label for="first-time-no">');
    expect(radios).toContain('aria-describedby="first-time-error"');
  });

  it("keeps every ticked box ticked and unticked ones free", () => {
    const boxes = html(<Checkboxes name="services" label="Trámites" options={options} values={["yes", "no"]} />);
    expect(boxes.match(/checked=""/g)).toHaveLength(2);
    expect(html(<Checkboxes name="services" label="Trámites" options={options} />)).not.toContain("checked");
  });
});

it("keeps the chosen option of a select and the words of a text area", () => {
  const options = [
    { value: "", text: "Elija" },
    { value: "oax", text: "Oaxaca" },
  ];
  const select = html(<Select name="state" label="Estado" error="Elija." options={options} value="oax" />);
  expect(select).toContain('<option value="oax" selected="">');
  expect(select).toMatch(/<select id="state"[^>]*aria-describedby="state-error" aria-invalid="true"/);
  expect(html(<Textarea name="note" label="Nota" hint="Breve." value="a < b" />)).toMatch(
    /<textarea id="note"[^>]*aria-describedby="note-hint">a &lt; b</,
  );
});

it("makes ids that any page accepts", () => {
  expect(fieldId("people[0].born", "day")).toBe("people-0-born-day");
  expect(fieldId("2nd")).toBe("f2nd");
});

it("sends the error summary first to a screen reader, with a link per box", () => {
  const summary = html(
    <ErrorSummary title="Hay algo que corregir" errors={[{ href: "#born-day", text: "Falta el día." }]} />,
  );
  expect(summary).toMatch(/role="alert" tabindex="-1" autofocus="" aria-labelledby="errors-title"/i);
  expect(summary).toContain('<a href="#born-day">Falta el día.</a>');
});

it("says the level of each day in words and gives no link to a day without places", () => {
  const day = { date: "2026-03-02", isoWeekday: 1, weekday: "lunes", day: "2", month: "de marzo" } as const;
  const grid = html(
    <PlacesGrid
      days={[
        { ...day, level: "some", levelText: "Hay lugares", href: "/d" },
        { ...day, date: "2026-03-03", level: "none", levelText: "Sin lugares" },
      ]}
    />,
  );
  expect(grid.match(/<a /g)).toHaveLength(1);
  expect(grid).toContain("Hay lugares");
  expect(grid).toContain("Sin lugares");
});

it("writes valid HTML with every component on the page", async () => {
  const report = await htmlRules.validateString(renderPage(<EveryComponent />));
  const findings = report.results.flatMap((result) =>
    result.messages.map((message) => `${message.ruleId}: ${message.message}`),
  );
  expect(findings).toEqual([]);
});

/** React closes void elements and writes `checked=""` and `hidden=""`: habits of its own that no browser minds. */
const htmlRules = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "attr-case": "off",
  },
});

function EveryComponent() {
  const yes = { value: "yes", text: "Sí" };
  return (
    <Layout
      lang="es"
      title="Citas · Ventanilla"
      description="Citas en los consulados"
      styleHref="/site.css"
      iconHref="/icon.svg"
      hideFromSearch
      skipText="Saltar al contenido"
      brand={{ href: "/", text: "Ventanilla" }}
      language={{ href: "/en", text: "English", lang: "en" }}
      navigation={{ label: "Secciones", links: [{ href: "/oficinas", text: "Consulados" }] }}
      exit={<QuickExit href="https://example.com/" text="Salir rápido" />}
      back={{ href: "/antes", text: "Atrás" }}
      banner={<Notice title="Aviso" titleAs="p" />}
      footer={{
        label: "Pie",
        links: [{ href: "/privacidad", text: "Privacidad" }],
        emergency: { href: "/emergencia", text: "Tengo una emergencia" },
        note: <p>Gratis.</p>,
      }}
    >
      <ErrorSummary title="Hay algo que corregir" errors={[{ href: "#name", text: "Escriba su nombre." }]} />
      <Hero>
        <PageHeading caption="Chicago" lead="Es gratis.">
          Su cita
        </PageHeading>
      </Hero>
      <Steps current={2} total={6} text="Paso 2 de 6" />
      <ReadAloud listen="Escuchar" pause="Pausa" resume="Seguir escuchando" stop="Detener" />
      <HoldTimer
        seconds={75}
        sentences={["Nada.", "Queda 1.", "Quedan 2."]}
        soon="Quedan 2 minutos."
        last="Quedan 30 segundos."
        over="Pasó."
      >
        Hasta las 10:42.
      </HoldTimer>
      <Form action="/a" hidden={{ draft: "1" }}>
        <TextField
          name="name"
          label="Nombre"
          hint="Como en el acta."
          error="Escriba su nombre."
          autoComplete="given-name"
        />
        <Textarea name="note" label="Nota" />
        <DateField name="born" label="Nació" labels={{ day: "Día", month: "Mes", year: "Año" }} error="Falta." />
        <Select name="state" label="Estado" options={[{ value: "oax", text: "Oaxaca" }]} />
        <Radios
          name="who"
          label="¿Quién?"
          options={[{ ...yes, pictogram: "adult", more: <TextField name="why" label="¿Por qué?" /> }]}
        />
        <Checkboxes
          name="what"
          label="¿Qué?"
          error="Elija."
          options={[{ ...yes, hint: "Una", disabled: true }]}
          inline
        />
        <TimeList
          name="place"
          groups={[{ title: "Mañana", pictogram: "morning", times: [{ value: "1", text: "9:40", note: "juntos" }] }]}
        />
        <ButtonRow>
          <Button name="go" value="1">
            Continuar
          </Button>
          <Button tone="danger" formAction="/b">
            Cancelar
          </Button>
          <Button tone="secondary" href="/c">
            Volver
          </Button>
        </ButtonRow>
      </Form>
      <PlacesGrid
        days={[
          {
            date: "2026-03-02",
            isoWeekday: 1,
            weekday: "lunes",
            day: "2",
            month: "de marzo",
            level: "few",
            levelText: "Pocos",
            href: "/d",
          },
        ]}
      />
      <Pager label="Semanas" earlier={{ href: "?p=1", text: "Antes" }} later={{ href: "?p=3", text: "Después" }} />
      <Notice tone="success" title="Lista">
        <p>
          Guarde su folio. <Tag tone="warning">Falta un papel</Tag>
        </p>
      </Notice>
      <Slip
        title="Cita"
        brand="Ventanilla"
        folio={{ label: "Folio", value: "7K3M-9QXA-2B4CD" }}
        rows={[
          { key: "Traiga", value: "US$ 106", strong: true, change: { href: "/x", text: "Cambiar", about: "la suma" } },
        ]}
      >
        <p>Para cambiar, use su folio.</p>
      </Slip>
      <Folio label="Folio" value="7K3M-9QXA-2B4CD" />
      <SummaryList rows={[{ key: "Día", value: "martes" }]} />
      <Checklist items={[{ text: "Acta", note: "Original" }]} />
      <CardList>
        <Card href="/p" title="Pasaporte" pictogram="passport">
          <p>Para todas las edades.</p>
        </Card>
      </CardList>
      <DataTable
        id="fees"
        caption="Derechos"
        columns={[{ text: "Trámite" }, { text: "Pago", numeric: true }]}
        rows={[["Pasaporte", "106"]]}
        total={["Total", "106"]}
      />
      <Details summary="¿Por qué?">
        <p>Porque sí.</p>
      </Details>
      <p>
        {PICTOGRAM_NAMES.map((name) => (
          <Pictogram key={name} name={name} />
        ))}
      </p>
    </Layout>
  );
}
