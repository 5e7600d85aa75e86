import "../styles/counts.css";

/** A few numbers side by side, each with its name before it. */
export function Counts({ counts }: { counts: readonly { readonly name: string; readonly value: string }[] }) {
  return (
    <dl className="counts">
      {counts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
