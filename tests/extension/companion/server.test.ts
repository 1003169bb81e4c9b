import { beforeEach, expect, it } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { permissionFor, serverFrom } from "../../../extension/src/companion/server";
import { storedToken } from "../../../extension/src/companion/token";

beforeEach(() => fakeBrowser.reset());

it.each([
  ["https://meelezer.example", "https://meelezer.example"],
  [" HTTPS://Meelezer.Example:443/ ", "https://meelezer.example"],
  ["meelezer.example", "https://meelezer.example"],
  ["meelezer.example:8443", "https://meelezer.example:8443"],
  ["https://m_1.intern", "https://m_1.intern"],
  ["https://[fd00::1]:8443", "https://[fd00::1]:8443"],
  ["http://127.0.0.1:7463", "http://127.0.0.1:7463"],
  ["http://localhost:7463/", "http://localhost:7463"],
  ["http://[::1]:7463", "http://[::1]:7463"],
  ["https://café.example", "https://xn--caf-dma.example"],
])("%s is a server", (typed, server) => {
  expect(serverFrom(typed)).toBe(server);
  expect(serverFrom(server)).toBe(server);
});

it.each([
  "",
  "https://",
  "http://meelezer.example",
  "http://127.0.0.1.evil.example",
  "http://192.168.1.5:7463",
  "https://meelezer.example/people/me",
  "https://meelezer.example/?a",
  "https://meelezer.example/#a",
  "https://ada:secret@meelezer.example",
  "ada@meelezer.example",
  "https://*",
  "https://*.example",
  "https://meelezer.example:99999",
  "ftp://meelezer.example",
  "javascript:alert(1)",
  "file:///etc/passwd",
  "twee woorden",
])("%s is none", (typed) => {
  expect(serverFrom(typed)).toBeNull();
});

it.each([
  ["https://meelezer.example", "https://meelezer.example/*"],
  ["https://meelezer.example:8443", "https://meelezer.example/*"],
  ["http://127.0.0.1:7463", "http://127.0.0.1/*"],
])("the permission for %s is %s", (server, permission) => {
  expect(permissionFor(server)).toBe(permission);
});

it("every companion has a token of its own", async () => {
  const servers = [null, "https://a.example", "https://a.example:8443", "https://b.example"];
  for (const server of servers) await storedToken.keep(server, `token for ${server}`);
  for (const server of servers) expect(await storedToken.load(server)).toBe(`token for ${server}`);
  await storedToken.forget("https://a.example");
  expect(await storedToken.load("https://a.example")).toBeNull();
  expect(await storedToken.load(null)).toBe("token for null");
  expect(await storedToken.load("https://b.example")).toBe("token for https://b.example");
});

it("a pairing of an older version is the one of this computer", async () => {
  await fakeBrowser.storage.local.set({ pairing: "old" });
  expect(await storedToken.load(null)).toBe("old");
  expect(await storedToken.load("https://a.example")).toBeNull();
});
