import { Button, ButtonRow, PageHeading, type LinkItem } from "#ui/index.ts";

/** A no on a page of its own: why, and where to go on; the first way is the likeliest. */
export function Refused({
  title,
  lines,
  ways,
}: {
  title: string;
  lines: readonly string[];
  ways: readonly LinkItem[];
}) {
  return (
    <>
      <PageHeading lead={lines[0]}>{title}</PageHeading>
      {lines.slice(1).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <ButtonRow>
        {ways.map((way, i) => (
          <Button key={way.href} tone={i === 0 ? "primary" : "secondary"} href={way.href}>
            {way.text}
          </Button>
        ))}
      </ButtonRow>
    </>
  );
}
