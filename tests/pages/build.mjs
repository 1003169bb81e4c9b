// Bundles the real editors for the test pages into tests/pages/dist (ignored by git). Packages come from the extension's node_modules.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { build } = createRequire(here("../../extension/package.json"))("esbuild");

const NAMES = [
  "draft-js", "lexical", "plain", "prosemirror", "quill", "slate", "ckeditor", "frame", "shadow", "react-textarea",
]; // biome-ignore format: a list

await build({
  entryPoints: [...NAMES.map((name) => here(`src/${name}.js`)), here("src/page.css")],
  outdir: here("dist"),
  bundle: true,
  format: "iife",
  minify: true,
  jsx: "automatic",
  loader: { ".js": "jsx" },
  nodePaths: [here("../../extension/node_modules")],
  // draft-js and React were written for Node's idea of a global.
  define: { global: "window", "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
