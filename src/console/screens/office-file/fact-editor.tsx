import {
  MEANS,
  kindOf,
  type Address,
  type Bilingual,
  type Hours,
  type Lunch,
  type Means,
} from "../../rules/office-facts.ts";
import { officeFileTexts } from "../../texts/office-file.ts";
import { useTexts } from "../../texts/texts.ts";
import { HoursEditor } from "./hours-editor.tsx";

interface Props<T> {
  readonly value: T;
  readonly change: (value: T) => void;
}

/** The editor of a field's kind. */
export function FactEditor({ field, value, change }: { field: string } & Props<unknown>) {
  switch (kindOf(field)) {
    case "address":
      return <AddressEditor value={value as Address} change={change} />;
    case "phone":
      return <LineEditor value={value as string} change={change} type="tel" />;
    case "email":
      return <LineEditor value={value as string} change={change} type="email" />;
    case "hours":
      return <HoursEditor value={value as Hours[]} change={change} />;
    case "means":
      return <MeansEditor value={value as Means[]} change={change} />;
    case "lunch":
      return <LunchEditor value={value as Lunch} change={change} />;
    case "text":
      return <TextEditor value={value as Bilingual} change={change} />;
  }
}

function AddressEditor({ value, change }: Props<Address>) {
  const t = useTexts(officeFileTexts);
  const input = (part: keyof Address, size: number) => (
    <label className={`size-${size}`}>
      {t[part]}
      <input
        value={value[part]}
        onChange={(event) => change({ ...value, [part]: event.target.value })}
        maxLength={160}
      />
    </label>
  );
  return (
    <div className="fact-inputs">
      {input("street", 4)}
      {input("city", 2)}
      {input("state", 1)}
      {input("postalCode", 1)}
    </div>
  );
}

function LineEditor({ value, change, type }: Props<string> & { type: "tel" | "email" }) {
  const t = useTexts(officeFileTexts);
  return (
    <label>
      {type === "tel" ? t.phoneHint : t.fields.email}
      <input type={type} value={value} onChange={(event) => change(event.target.value)} maxLength={160} />
    </label>
  );
}

function MeansEditor({ value, change }: Props<readonly Means[]>) {
  const t = useTexts(officeFileTexts);
  return (
    <div className="checks">
      {MEANS.map((means) => (
        <label key={means} className="check">
          <input
            type="checkbox"
            checked={value.includes(means)}
            onChange={(event) =>
              change(MEANS.filter((one) => (one === means ? event.target.checked : value.includes(one))))
            }
          />
          <span>{t.means[means]}</span>
        </label>
      ))}
    </div>
  );
}

function LunchEditor({ value, change }: Props<Lunch>) {
  const t = useTexts(officeFileTexts);
  const closes = value !== "none";
  return (
    <div className="checks">
      <label className="check">
        <input
          type="checkbox"
          checked={closes}
          onChange={(event) => change(event.target.checked ? { from: "13:00", to: "14:00" } : "none")}
        />
        <span>{closes ? t.closesForLunch : t.noLunch}</span>
      </label>
      {closes && (
        <>
          <label>
            {t.from}
            <input
              type="time"
              value={value.from}
              onChange={(event) => change({ ...value, from: event.target.value })}
            />
          </label>
          <label>
            {t.to}
            <input type="time" value={value.to} onChange={(event) => change({ ...value, to: event.target.value })} />
          </label>
        </>
      )}
    </div>
  );
}

function TextEditor({ value, change }: Props<Bilingual>) {
  const t = useTexts(officeFileTexts);
  return (
    <div className="fact-texts">
      <label>
        {t.spanish}
        <textarea
          lang="es-MX"
          rows={2}
          value={value.es}
          onChange={(event) => change({ ...value, es: event.target.value })}
          maxLength={600}
        />
      </label>
      <label>
        {t.english}
        <textarea
          lang="en"
          rows={2}
          value={value.en}
          onChange={(event) => change({ ...value, en: event.target.value })}
          maxLength={600}
        />
      </label>
    </div>
  );
}
