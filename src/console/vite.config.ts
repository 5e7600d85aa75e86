import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "/consola/",
  plugins: [react()],
  build: {
    outDir: "../../dist/console",
    emptyOutDir: true,
    // The content security policy of the server allows neither inline scripts nor data: fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  // For work on the console itself: VENTANILLA_API_ORIGIN is the address that `npm start` prints.
  server: {
    proxy: {
      "/api": loadEnv(mode, import.meta.dirname, "VENTANILLA_").VENTANILLA_API_ORIGIN ?? "http://127.0.0.1:8080",
    },
  },
}));
