import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv, type Plugin } from "vite";

const WORKER = "offline-worker";

/** Names all files of the page for a tablet that takes it along (offline/loan.ts). */
const listFiles: Plugin = {
  name: "list-files",
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
    this.emitFile({ type: "asset", fileName: "offline-files.json", source: JSON.stringify(files) });
  },
};

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "/consola/",
  plugins: [react(), listFiles],
  build: {
    outDir: "../../dist/console",
    emptyOutDir: true,
    // The content security policy of the server allows neither inline scripts nor data: fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: `${import.meta.dirname}/index.html`, [WORKER]: `${import.meta.dirname}/offline/worker.ts` },
      // A worker serves the pages below its own address, and is asked for again at each look.
      output: { entryFileNames: ({ name }) => (name === WORKER ? `${WORKER}.js` : "assets/[name]-[hash].js") },
    },
  },
  // For work on the console itself: VENTANILLA_API_ORIGIN is the address that `npm start` prints.
  server: {
    proxy: {
      "/api": loadEnv(mode, import.meta.dirname, "VENTANILLA_").VENTANILLA_API_ORIGIN ?? "http://127.0.0.1:8080",
    },
  },
}));
