// Bundles the real editors for the test pages into tests/pages/dist (ignored by git). Packages come from the extension's node_modules.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { build } = createRequire(here("../../extension/package.json"))("esbuild");

const bundle = (names, alias) =>
  build({
    entryPoints: names.map((name) => here(`src/${name}.js`)),
    outdir: here("dist"),
    bundle: true,
    format: "iife",
    minify: true,
    jsx: "automatic",
    loader: { ".js": "jsx" },
    nodePaths: [here("../../extension/node_modules")],
    alias,
    // draft-js and React were written for Node's idea of a global.
    define: { global: "window", "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });

await bundle(["draft-js", "lexical", "plain", "prosemirror", "quill", "ckeditor", "frame", "shadow"], {});
// The newest React that Draft.js takes is older than the oldest that Slate takes.
await bundle(["slate", "react-textarea"], { react: "react18", "react-dom": "react-dom18" });
