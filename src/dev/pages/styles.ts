export const STYLES_URL = "/dev/dev.css";

/** Small additions to the site's styles. */
export const STYLES = `
.dev-nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-block: 16px; }
.dev-moves { display: flex; flex-wrap: wrap; gap: 12px; }
.dev-phone { max-width: 32rem; margin-block: 20px; padding: 16px 20px; border: 1px solid currentColor; border-radius: 16px; overflow-wrap: anywhere; }
.dev-phone header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; padding: 0; background: none; color: inherit; }
.dev-phone p { margin-block: 10px; white-space: pre-wrap; }
.dev-chat { max-width: 30rem; }
.dev-chat ol { list-style: none; margin: 16px 0; padding: 16px; display: grid; gap: 10px; border-radius: 16px; background: #efe7dd; color: #111; }
.dev-chat li { max-width: 85%; margin: 0; padding: 8px 12px; border-radius: 12px; background: #fff; overflow-wrap: anywhere; justify-self: start; }
.dev-chat li.person { justify-self: end; background: #d9fdd3; }
.dev-chat li p { margin: 0; white-space: pre-wrap; }
.dev-chat time { display: block; font-size: .8rem; text-align: end; color: #444; }
.dev-choice { display: block; inline-size: 100%; margin-block: 6px; padding: 12px 16px; font: inherit; font-weight: 600; text-align: start; border: 1px solid currentColor; border-radius: 12px; background: none; color: inherit; cursor: pointer; }
.dev-choice small { display: block; font-weight: 400; }
.dev-send { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-block: 12px; }
.dev-send input { flex: 1 1 10rem; min-inline-size: 0; font: inherit; padding: 10px; }
.dev-send button { font: inherit; padding: 10px 14px; }
.dev-phone h2 { margin-block: 8px; font-size: 1.1rem; }
`;
