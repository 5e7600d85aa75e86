import type { LinkItem } from "./links.ts";

/**
 * Stands first in main when a form failed. Takes the focus as the page opens, without script, so that a
 * screen reader starts here. `href` is `#` + `fieldId(name)` of the first box to mend.
 */
export function ErrorSummary({ title, errors }: { title: string; errors: readonly LinkItem[] }) {
  return (
    <div className="errors" role="alert" tabIndex={-1} autoFocus aria-labelledby="errors-title">
      <h2 id="errors-title">{title}</h2>
      <ul>
        {errors.map((error) => (
          <li key={error.href + error.text}>
            <a href={error.href}>{error.text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
