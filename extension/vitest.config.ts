import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { WxtVitest } from "wxt/testing/vitest-plugin";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [WxtVitest()],
  // The tests lie beside those of the companion; their packages are ours.
  resolve: {
    alias: {
      vitest: here("node_modules/vitest"),
      "smol-toml": here("node_modules/smol-toml"),
      "wxt/testing/fake-browser": here("node_modules/wxt/dist/testing/fake-browser.mjs"),
    },
  },
  test: {
    environment: "happy-dom",
    include: [here("../tests/extension/**/*.test.ts")],
    mockReset: true,
  },
  server: { fs: { allow: [here("..")] } },
});
