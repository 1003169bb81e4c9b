import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { afterEach, describe, expect, it, vi } from "vitest";
import { findComplaint, readMessages } from "../../extension/src/conversation/find-complaint";
import { findField } from "../../extension/src/editors/find-editor";
import { findSubmit, labelOf } from "../../extension/src/guard/submit";
import { named, platformMatches, platforms, siteLabel, siteOf } from "../../extension/src/platforms";
import type { Locale } from "../../extension/src/texts";

interface Page {
  readonly file: string;
  readonly url: string;
  readonly editors: number;
  readonly complaint?: string;
  readonly author?: string;
  readonly posted_at?: string;
  readonly rating?: number;
  readonly submit?: string;
  readonly absent?: readonly string[];
  readonly messages?: readonly string[];
}
const read = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8");
const pages = platforms.flatMap(({ id }) => {
  const { page = [] } = parse(read(`../../shared/platforms/${id}.toml`)) as { page?: unknown[] };
  return (page as Page[]).map((one) => ({ id, ...one }));
});

describe("which site an address belongs to", () => {
  it.each([
    ["https://x.com/winkel/status/1", "x"],
    ["https://twitter.com/winkel", "x"],
    ["https://www.facebook.com/winkel/posts/1", "facebook"],
    ["https://shop.example/reviews", "shop.example"],
    ["https://notx.com/", "notx.com"],
    ["https://x.com.evil.example/", "x.com.evil.example"],
    ["https://www.google.com/local/business/1/customers/reviews", "google-business"],
    // Read as any other site, or read only: switched on by the user, host by host.
    ["https://www.tripadvisor.nl/ManagementCenter", "www.tripadvisor.nl"],
    ["https://nl.trustpilot.com/review/lampen.example", "nl.trustpilot.com"],
  ])("%s", (address, id) => {
    expect(siteOf(address)?.id).toBe(id);
  });
  it.each(["https://x.com/messages/1", "https://www.facebook.com/messages/t/1", "chrome://extensions", "about:blank", "nonsense"])(
    "none: %s",
    (address) => {
      expect(siteOf(address)).toBeNull();
    },
  );
});

it("every platform has a test page", () => {
  expect(platforms.map(({ id }) => id).filter((id) => !pages.some((page) => page.id === id))).toEqual([]);
});

describe.each(pages)("$file", ({ id, file, url, editors, complaint, author, posted_at, rating, submit, absent = [], messages }) => {
  afterEach(() => vi.unstubAllGlobals());

  it("has on it what must not be read", () => {
    const text = document.createElement("div");
    text.innerHTML = read(`../pages/${file}`);
    const squeeze = (words: string) => words.replaceAll(/\s+/g, " ");
    for (const words of absent) expect(squeeze(text.textContent ?? "")).toContain(squeeze(words));
  });

  it("yields what its platform file says", () => {
    document.documentElement.innerHTML = /<html[^>]*>([\s\S]*)<\/html>/.exec(read(`../pages/${file}`))?.[1] ?? "";
    putInEditors();
    const platform = platforms.find((one) => one.id === id);
    if (!platform) throw new Error(`no platform ${id}`);
    expect(siteOf(url)?.platform.id).toBe(platform.feature ? "generic" : id);
    if (platform.feature) expect(document.querySelector(platform.feature)).not.toBeNull();
    const fields = new Set(
      [...document.querySelectorAll("*")].map((element) => findField(element, platform)).filter((field) => field !== null),
    );
    expect(fields.size).toBe(editors);
    if (messages) expect(readMessages(document, platform.complaint).map(({ text }) => text)).toEqual(messages);
    const [field] = fields;
    if (!field) return;
    const found = findComplaint(field, platform);
    expect(found).toMatchObject({ text: complaint, author: author ?? null, source: "page" });
    for (const words of absent) expect(found?.text).not.toContain(words);
    if (posted_at) expect(found?.postedAt).toBe(posted_at);
    if (rating !== undefined) expect(found?.rating).toBe(rating);
    const button = findSubmit(field, platform.submit);
    expect(button && labelOf(button)).toBe(submit ?? null);
  });
});

/** What the page's own scripts put in: the editors' markup as they write it. */
function putInEditors(): void {
  const composer = document.querySelector<HTMLElement>("#composer");
  if (composer) {
    composer.innerHTML = `<div class="DraftEditor-root"><div class="public-DraftEditor-content" contenteditable="true" data-testid="tweetTextarea_0"><div data-block="true">x</div></div></div>
      <div data-testid="toolBar"><button type="button" aria-label="Emoji">☺</button><button data-testid="${composer.dataset.submit}"><span>${composer.dataset.button}</span></button></div>`;
  }
  document.querySelector("[data-editor=lexical]")?.setAttribute("data-lexical-editor", "true");
  document.querySelector("[data-editor=prosemirror]")?.classList.add("ProseMirror");
  document.querySelector("[data-editor=quill]")?.classList.add("ql-editor");
}

it("asks at the installation for no site whose reply box nobody has seen", () => {
  const asked = platformMatches.join(" ");
  for (const host of ["tripadvisor", "trustpilot", "booking.com", "bol.com", "google.com/search"]) expect(asked).not.toContain(host);
  expect(asked).toContain("https://www.google.com/local/business/*");
});

it("names the site in the popup and in the panel, whoever switched it on", () => {
  const name = (address: string, locale: Locale) => named(siteOf(address)?.label ?? "", locale);
  expect(name("https://www.tripadvisor.nl/ManagementCenter", "nl")).toBe("Tripadvisor");
  expect(name("https://www.google.com/local/business/1", "nl")).toBe("Google Bedrijfsprofiel");
  expect(name("https://www.google.com/local/business/1", "en")).toBe("Google Business Profile");
  expect(name("https://shop.example/", "en")).toBe("shop.example");
  expect([siteLabel("google-business", "nl"), siteLabel("google-business", "en")]).toEqual([
    "Google Bedrijfsprofiel",
    "Google Business Profile",
  ]);
  expect([siteLabel("x", "en"), siteLabel("shop.example", "en")]).toEqual(["X", "shop.example"]);
});
