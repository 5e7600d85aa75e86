import { addDays } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { PERMISSION_DAYS } from "#kernel/limits.ts";
import type { ChecklistAnswers, Parent } from "#modules/booking/index.ts";
import {
  absentParentOf,
  amountDue,
  nextStepsFor,
  partyDue,
  requirementsFor,
  type AbsentParent,
  type Network,
} from "#modules/offices/index.ts";
import { Checklist, DataTable, Notice } from "#ui/index.ts";
import { pictureOf } from "../pictures.tsx";
import { dateInWords } from "../texts/format.ts";
import { papersTexts } from "../texts/papers.ts";
import type { Language } from "../texts/texts.ts";
import { visitTexts } from "../texts/visit.ts";
import type { Member } from "./party.ts";
import { amountInWords, memberName, serviceNames } from "./words.ts";

export interface BringProps {
  readonly language: Language;
  readonly network: Network;
  readonly members: readonly Member[];
  readonly answers: ChecklistAnswers;
  /** Day of the visit, or today while there is none. */
  readonly on: LocalDate;
}

/** What each person brings, as a list for a pen. */
export function Papers({ language, network, members, answers }: BringProps) {
  const t = papersTexts(language);
  return (
    <>
      {members.map((member, i) => (
        <section key={i} aria-label={t("of", { name: memberName(member) })}>
          <h2>{t("of", { name: memberName(member) })}</h2>
          <p className="hint">{serviceNames(member, language).join(" · ")}</p>
          <Checklist
            items={[
              ...requirementsFor(
                network,
                { age: member.age, services: member.services.map((one) => one.slug) },
                answers,
              ).map((paper) => ({ text: paper.text[language], picture: pictureOf(paper.picture) })),
              ...parentPapers(member, language).map(({ text, picture }) => ({ text, picture: pictureOf(picture) })),
            ]}
          />
        </section>
      ))}
      <p className="hint">{t("original")}</p>
    </>
  );
}

/** What the answers call for, each with what to do. */
export function NextSteps({ language, network, members, answers }: BringProps) {
  const people = members.map((member) => ({ age: member.age, services: member.services.map((one) => one.slug) }));
  const steps = nextStepsFor(network, people, answers);
  if (steps.length === 0) return null;
  return (
    <Notice tone="warning" title={papersTexts(language)("nextTitle")}>
      <ul>
        {steps.map((step) => (
          <li key={step.questionId}>
            <b>{step.text[language]}</b>
            <br />
            {step.next[language]}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What to carry: each service, and the total of the party with the year of its tariff. */
export function Costs({ language, members, on }: BringProps) {
  const t = papersTexts(language);
  const due = partyDue(members, on);
  const rows = members.flatMap((member) =>
    amountDue(member, on).lines.map((line) => [
      memberName(member),
      line.service.name[language],
      line.choices.length === 0 ? visitTexts(language)("feeUnknown") : amountInWords(line, language),
    ]),
  );
  return (
    <section aria-labelledby="costs-title">
      <h2 id="costs-title">{t("totalTitle")}</h2>
      <DataTable
        id="costs"
        caption={t("costCaption")}
        columns={[{ text: t("person") }, { text: t("service") }, { text: t("cost"), numeric: true }]}
        rows={rows}
        total={[t("total"), "", amountInWords(due, language)]}
      />
      {due.min !== due.max && <p>{t("totalRange")}</p>}
      {due.years.length > 0 && <p className="hint">{t("totalOtherYear", { year: due.years.join(", ") })}</p>}
    </section>
  );
}

/** What the parents on the record bring or do, for a child of whom that was asked. */
export function parentLines(member: Member, language: Language): string[] {
  return parentPapers(member, language).map((one) => one.text);
}

/** The same with the drawing of what is meant; each line once. */
function parentPapers(member: Member, language: Language): ParentPaper[] {
  const { parents } = member.details;
  const absent = absentParentOf(member.services);
  const papers = [
    ...(parents.length === 1 ? [{ text: papersTexts(language)("onlyOne"), picture: "acta" }] : []),
    ...parents.map((parent) => ({
      text: parentLine(parent, absent, language),
      picture: parentPicture(parent, absent),
    })),
  ];
  return [...new Map(papers.map((one) => [one.text, one])).values()];
}

interface ParentPaper {
  readonly text: string;
  readonly picture: string | undefined;
}

function parentPicture(parent: Parent, absent: AbsentParent | undefined): string | undefined {
  switch (parent.part) {
    case "comes":
      return "identificacion";
    case "signs_elsewhere":
      return "permiso";
    case "cannot":
      return absent?.cases.find((one) => one.id === parent.reason)?.picture;
  }
}

function parentLine(parent: Parent, absent: AbsentParent | undefined, language: Language): string {
  const t = papersTexts(language);
  switch (parent.part) {
    case "comes":
      return t("parentComes");
    case "signs_elsewhere":
      if (parent.received) return t("parentReceived", { date: dateInWords(parent.received.signedOn, language) });
      return parent.permissionOn === undefined
        ? t("parentElsewhereNoDate")
        : t("parentElsewhere", {
            date: dateInWords(parent.permissionOn, language),
            until: dateInWords(addDays(parent.permissionOn, PERMISSION_DAYS), language),
          });
    case "cannot":
      return absent?.cases.find((one) => one.id === parent.reason)?.next[language] ?? t("call");
  }
}
