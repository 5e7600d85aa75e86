export const STYLES_URL = "/dev/dev.css";

/** Small additions to the site's styles. */
export const STYLES = `
.dev-nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-block: 16px; }
.dev-moves { display: flex; flex-wrap: wrap; gap: 12px; }
.dev-phone { max-width: 32rem; margin-block: 20px; padding: 16px 20px; border: 1px solid currentColor; border-radius: 16px; overflow-wrap: anywhere; }
.dev-phone header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; padding: 0; background: none; color: inherit; }
.dev-phone p { margin-block: 10px; white-space: pre-wrap; }
.dev-app { display: flex; flex-direction: column; max-width: 26rem; margin: 0 auto 24px; border-radius: 24px; overflow: hidden; border: 1px solid #8696a0; background: #efeae2; color: #111b21; font-family: system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; line-height: 1.35; }
.dev-app-bar { display: flex; align-items: center; gap: 12px; padding: 10px 16px; background: #006b5b; color: #fff; }
.dev-app-bar span { display: grid; place-items: center; inline-size: 40px; block-size: 40px; flex: none; border-radius: 50%; background: #fff; color: #006b5b; font-weight: 700; }
.dev-app-bar p { margin: 0; font-weight: 600; }
.dev-app-bar small { display: block; font-weight: 400; color: #fff; }
.dev-app ol { list-style: none; margin: 0; padding: 16px 12px; display: grid; gap: 4px; min-block-size: 22rem; align-content: end; }
.dev-app li { max-inline-size: 84%; margin: 0; justify-self: start; overflow-wrap: anywhere; }
.dev-app li.person { justify-self: end; }
.dev-app .turn { margin-block-start: 8px; }
.dev-bubble { padding: 6px 10px 8px; border-radius: 10px; background: #fff; box-shadow: 0 1px 1px #0b141a33; }
.person .dev-bubble { background: #d9fdd3; }
.turn .dev-bubble { border-start-start-radius: 0; }
.person.turn .dev-bubble { border-start-start-radius: 10px; border-start-end-radius: 0; }
.dev-bubble p { margin: 0; white-space: pre-wrap; }
.dev-bubble footer { display: flex; justify-content: end; align-items: center; gap: 4px; padding: 0; margin: 2px 0 0; background: none; color: #54656f; font-size: .75rem; }
.dev-bubble .ticks { color: #027eb5; letter-spacing: -.35em; padding-inline-end: .35em; }
.dev-day { justify-self: center !important; padding: 4px 12px; border-radius: 8px; background: #fff; color: #54656f; font-size: .8rem; }
.dev-button, .dev-list summary { display: block; inline-size: 100%; min-block-size: 44px; box-sizing: border-box; margin: 3px 0 0; padding: 10px 12px; font: inherit; font-weight: 600; text-align: center; border: 0; border-radius: 10px; background: #fff; color: #006b5b; box-shadow: 0 1px 1px #0b141a33; cursor: pointer; list-style: none; }
.dev-list summary::-webkit-details-marker { display: none; }
.dev-list summary::before { content: "☰  "; }
.dev-app .dev-list { margin: 0; padding: 0; border: 0; }
.dev-app .dev-list summary { text-decoration: none; }
.dev-app .dev-list[open] > div { margin: 6px 0 0; padding: 0; border: 0; border-radius: 14px; background: #fff; overflow: hidden; box-shadow: 0 2px 8px #0b141a44; }
.dev-row { display: block; inline-size: 100%; min-block-size: 48px; padding: 10px 14px; font: inherit; text-align: start; border: 0; border-block-end: 1px solid #e9edef; background: none; color: inherit; cursor: pointer; }
.dev-row small { display: block; color: #54656f; font-size: .85rem; }
.dev-old { color: #54656f; cursor: default; text-align: center; padding-block: 6px; }
.dev-type { display: flex; align-items: center; gap: 8px; padding: 8px; margin: 0; }
.dev-type input { flex: 1; min-inline-size: 0; min-block-size: 44px; box-sizing: border-box; margin: 0; padding: 8px 16px; font: inherit; border: 1px solid #8696a0; border-radius: 22px; background: #fff; color: #111b21; }
.dev-type button { flex: none; inline-size: 44px; block-size: 44px; margin: 0; padding: 0; font-size: 1.2rem; border: 0; border-radius: 50%; background: #006b5b; color: #fff; cursor: pointer; }
.dev-type svg { display: block; margin: auto; inline-size: 22px; block-size: 22px; fill: currentColor; }
.dev-keys { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; padding: 8px; margin: 0; }
.dev-keys button { min-block-size: 48px; margin: 0; font: inherit; font-size: 1.2rem; font-weight: 600; border: 1px solid #8696a0; border-radius: 10px; background: #fff; color: #111b21; cursor: pointer; }
.dev-keys .dev-end { grid-column: span 2; background: #006b5b; color: #fff; border-color: #006b5b; }
.dev-app :focus-visible { outline: 3px solid #111b21; outline-offset: 2px; }
.dev-number { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; max-width: 26rem; margin: 0 auto 12px; }
.dev-number input { flex: 1 1 9rem; min-inline-size: 0; min-block-size: 44px; box-sizing: border-box; font: inherit; padding: 8px; }
.dev-number button { min-block-size: 44px; font: inherit; padding: 8px 14px; }
.dev-phone h2 { margin-block: 8px; font-size: 1.1rem; }
`;
