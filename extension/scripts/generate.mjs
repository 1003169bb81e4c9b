// Turns shared/ into src/generated/: platforms, messages, which checks hold and the types of the API. Git ignores the result; every script that needs it runs this first.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "smol-toml";

const SHARED = fileURLToPath(new URL("../../shared/", import.meta.url));
const TARGET = fileURLToPath(new URL("../src/generated/", import.meta.url));

async function main() {
  await mkdir(TARGET, { recursive: true });
  const platforms = await readFolder("platforms", "platform.schema.json");
  for (const [id, platform] of Object.entries(platforms)) {
    if (platform.id !== id) throw new Error(`shared/platforms/${id}.toml: id is "${platform.id}"; it must equal the file's name`);
  }
  if (!platforms.generic) throw new Error("shared/platforms/generic.toml is missing; every unknown site needs it");
  const messages = await readFolder("messages", "messages.schema.json");
  refuseDifferentKeys(messages);
  const checks = Object.values(await readFolder("checks", "check.schema.json"));
  await put("holding.json", `${JSON.stringify(checks.filter(({ level }) => level === "hold").map(({ id }) => id))}\n`);
  await put("platforms.json", `${JSON.stringify(Object.values(platforms).map(withoutPages), null, 1)}\n`);
  await put("messages.json", `${JSON.stringify(forTheExtension(messages), null, 1)}\n`);
  const types = astToString(await openapiTS(new URL("../../shared/api/openapi.json", import.meta.url)));
  await put("api.d.ts", types);
}

/** Read every TOML file of a folder of shared/, refused by file and reason when it does not fit its schema. */
async function readFolder(folder, schemaName) {
  const ajv = addFormats(new Ajv({ allErrors: true, strict: false }));
  const fits = ajv.compile(JSON.parse(await readFile(join(SHARED, "schemas", schemaName), "utf8")));
  const read = {};
  for (const file of (await readdir(join(SHARED, folder))).filter((name) => name.endsWith(".toml")).sort()) {
    const content = parse(await readFile(join(SHARED, folder, file), "utf8"));
    if (!fits(content)) {
      const reasons = fits.errors.map((error) => `  ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
      throw new Error(`shared/${folder}/${file} does not fit shared/schemas/${schemaName}:\n${reasons.join("\n")}`);
    }
    read[basename(file, ".toml")] = content;
  }
  return read;
}

function refuseDifferentKeys(messages) {
  const keys = (texts) => Object.entries(texts).flatMap(([table, entries]) => Object.keys(entries).map((key) => `${table}.${key}`));
  const [first, ...rest] = Object.entries(messages);
  for (const [language, texts] of rest) {
    const [want, have] = [keys(first[1]), keys(texts)];
    const index = want.findIndex((key, at) => key !== have[at]);
    if (index >= 0 || want.length !== have.length) {
      const at = index >= 0 ? index : want.length;
      throw new Error(
        `shared/messages/${language}.toml: expected "${want[at]}" where "${have[at]}" stands (same keys, same order as ${first[0]}.toml)`,
      );
    }
  }
}

/** The companion's own pages have their own table, which the extension does not need to carry. */
function forTheExtension(messages) {
  return Object.fromEntries(Object.entries(messages).map(([language, { page: _, ...texts }]) => [language, texts]));
}

function withoutPages({ page: _, ...platform }) {
  return platform;
}

/** Write only what changed, so that a watching build stays quiet. */
async function put(name, text) {
  const file = join(TARGET, name);
  const old = await readFile(file, "utf8").catch(() => null);
  if (old !== text) await writeFile(file, text);
}

await main();
