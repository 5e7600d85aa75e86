/**
 * The sign of the service: somebody received at a window under a stepped arch.
 * Drawn for Ventanilla; deliberately no emblem of any state.
 */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 40 40" aria-hidden="true">
      <path className="mark-wall" d="M0 0h40v40H0z" />
      <path className="mark-arch" d="M6 40V20h4v-6h5V8h10v6h5v6h4v20z" />
      <path className="mark-sill" d="M6 30h28v4H6z" />
      <circle className="mark-head" cx="20" cy="22" r="5" />
    </svg>
  );
}
