import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { WxtVitest } from "wxt/testing/vitest-plugin";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [WxtVitest()],
  // The tests lie beside those of the companion; their packages are ours.
  resolve: {
    alias: [
      { find: "vitest", replacement: here("node_modules/vitest") },
      // Itself only: its parts (hooks, jsx-runtime) are found beside the components.
      { find: /^preact$/, replacement: here("node_modules/preact/dist/preact.mjs") },
      { find: "smol-toml", replacement: here("node_modules/smol-toml") },
      { find: "wxt/testing/fake-browser", replacement: here("node_modules/wxt/dist/testing/fake-browser.mjs") },
    ],
  },
  test: {
    environment: "happy-dom",
    include: [here("../tests/extension/**/*.test.ts")],
    mockReset: true,
  },
  server: { fs: { allow: [here("..")] } },
});
