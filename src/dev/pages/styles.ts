export const STYLES_URL = "/dev/dev.css";

/** Small additions to the site's styles. */
export const STYLES = `
.dev-nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-block: 16px; }
.dev-moves { display: flex; flex-wrap: wrap; gap: 12px; }
.dev-phone { max-width: 32rem; margin-block: 20px; padding: 16px 20px; border: 1px solid currentColor; border-radius: 16px; overflow-wrap: anywhere; }
.dev-phone header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; padding: 0; background: none; color: inherit; }
.dev-phone p { margin-block: 10px; white-space: pre-wrap; }
.dev-phone h2 { margin-block: 8px; font-size: 1.1rem; }
`;
