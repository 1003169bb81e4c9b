// Plays the list of scenarios of every editor in a real Firefox, over WebDriver BiDi; tests/e2e/test_firefox.py starts it and judges.
// Reads a job as JSON from standard input; writes one JSON line for each scenario played.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(fileURLToPath(new URL("../../extension/package.json", import.meta.url)));
const puppeteer = require("puppeteer-core").default ?? require("puppeteer-core");
const OVERLAY = "meelezer-overlay";
const PATIENCE = 8_000;

const job = JSON.parse(readFileSync(0, "utf8"));
const { draft } = job;
const paragraphs = ["Dag Lisa, dat is vervelend. U had beter moeten opletten.", "U had de voorwaarden moeten lezen. Groet, Noor"];

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: job.firefox,
  headless: true,
  extraPrefsFirefox: {
    // Nothing may leave the machine.
    "network.proxy.type": 0,
    "datareporting.policy.dataSubmissionEnabled": false,
    "toolkit.telemetry.server": "",
    "network.connectivity-service.enabled": false,
    "network.captive-portal-service.enabled": false,
    // The companion is asked by the background page; a prompt for the local network would wait for ever in a headless window.
    "network.lna.blocking": false,
  },
});
/** No test may open an extension's page over BiDi, so the background script that was put in pairs by itself; wait until it has. */
async function untilPaired() {
  const [scene] = job.scenes;
  for (let attempt = 0; attempt < 20; attempt++) {
    const page = await browser.newPage();
    await page.setRequestInterception(true);
    page.on("request", (request) => answer(request, scene));
    await page.goto(scene.url);
    await (await page.waitForSelector(scene.field)).click();
    await page.keyboard.type("Dag");
    const isThere = await page
      .waitForFunction(
        (overlay) => document.querySelector(overlay)?.shadowRoot.querySelector(".badge[data-state=ready]"),
        { timeout: 1_500 },
        OVERLAY,
      )
      .catch(() => null);
    await page.close();
    if (isThere) return;
  }
  throw new Error("Meelezer never read along in Firefox");
}

async function playScene(scene) {
  for (const [name, play] of Object.entries(SCENARIOS)) {
    const page = await browser.newPage();
    let error = null;
    try {
      await page.setViewport({ width: 1000, height: 900 });
      await page.setRequestInterception(true);
      page.on("request", (request) => answer(request, scene));
      await page.goto(scene.url);
      const box = await openBox(page, scene);
      await play(box);
    } catch (problem) {
      error = String(problem?.message ?? problem).slice(0, 600);
    }
    process.stdout.write(`${JSON.stringify({ scene: scene.kind, scenario: name, error })}\n`);
    await page.close().catch(() => undefined);
  }
}

function answer(request, scene) {
  const url = new URL(request.url());
  if (request.url() === scene.url) return request.respond({ contentType: "text/html; charset=utf-8", body: scene.html });
  if (url.pathname.startsWith("/assets/")) {
    const kind = url.pathname.endsWith(".css") ? "text/css" : "text/javascript";
    return request.respond({ contentType: `${kind}; charset=utf-8`, body: readFileSync(`${job.assets}/${url.pathname.slice(8)}`) });
  }
  return request.abort();
}

/** An element, also in a shadow root: the test page hands out its closed one. */
async function find(where, selector) {
  const [, inClosed] = selector.match(/^closed=(.*)/) ?? [];
  if (!inClosed) return where.waitForSelector(selector.replace("reply-box ", "reply-box >>> "));
  return (await where.waitForFunction((inner) => window.closedRoot?.querySelector(inner), { timeout: PATIENCE }, inClosed)).asElement();
}

/** The page, the frame in which the editor lives, and what a user does there. */
async function openBox(page, scene) {
  const holder = scene.frame ? await page.waitForSelector(scene.frame) : null;
  const frame = holder ? await holder.contentFrame() : page.mainFrame();
  const offset = holder
    ? await holder.evaluate((element) => ((box) => ({ x: box.x + 1, y: box.y + 1 }))(element.getBoundingClientRect()))
    : { x: 0, y: 0 };
  const field = await find(frame, scene.field);
  const until = (where, test, ...args) =>
    where.waitForFunction(test, { timeout: PATIENCE, polling: 50 }, ...args).catch(() => {
      throw new Error(`never came true: ${test} ${JSON.stringify(args)}`);
    });
  const seen = (selector, text = "") =>
    until(
      frame,
      (overlay, inner, words) =>
        [...(document.querySelector(overlay)?.shadowRoot.querySelectorAll(inner) ?? [])].some((one) => one.textContent.includes(words)),
      OVERLAY,
      selector,
      text,
    );
  const ours = async (selector) =>
    (
      await frame.evaluateHandle((overlay, inner) => document.querySelector(overlay).shadowRoot.querySelector(inner), OVERLAY, selector)
    ).asElement();
  // biome-ignore lint/performance/useDomNodeTextContent: what is struck out is not part of it
  const firstChoice = async () => (await ours(".card .choice")).evaluate((choice) => choice.innerText);
  /** A field's words have no place that a test could read. */
  async function openFromPanel(words) {
    await (await ours(".badge")).click();
    await seen(".panel .finding", words);
    const finding = await (await ours(".panel")).evaluateHandle(
      (panel, some) => [...panel.querySelectorAll(".finding")].find((one) => one.textContent.includes(some)),
      words,
    );
    await finding.asElement().click();
    await seen(".card");
    const better = await firstChoice();
    await (await ours(".panel header button")).click();
    await seen(".card");
    return better;
  }
  const box = {
    page,
    scene,
    field,
    seen,
    ours,
    async type(text) {
      await field.click();
      for (const [index, line] of text.split("\n").entries()) {
        if (index) await box.press(scene.lines);
        await page.keyboard.type(line);
      }
    },
    async press(keys) {
      const names = keys.split("+");
      for (const name of names.slice(0, -1)) await page.keyboard.down(name);
      await page.keyboard.press(names.at(-1));
      for (const name of names.slice(0, -1).reverse()) await page.keyboard.up(name);
    },
    model: () => page.evaluate(() => window.model()),
    async hasModel(text) {
      try {
        await until(page, (wanted) => window.model() === wanted, text);
      } catch {
        throw new Error(`${JSON.stringify(await box.model())} never became ${JSON.stringify(text)}`);
      }
    },
    lacks: (words) => until(page, (some) => !window.model().includes(some), words),
    posts: () => page.evaluate(() => window.posts),
    hasPosts: (texts) => until(page, (wanted) => JSON.stringify(window.posts) === JSON.stringify(wanted), texts),
    /** The words are marked when a click on them opens their card. */
    async openCard(words) {
      await seen(".badge[data-state=ready]");
      if (await field.evaluate((element) => element.tagName === "TEXTAREA")) return openFromPanel(words);
      const at = await field.evaluate((element, some) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const start = walker.currentNode.data.indexOf(some);
          if (start < 0) continue;
          const range = document.createRange();
          range.setStart(walker.currentNode, start);
          range.setEnd(walker.currentNode, start + some.length);
          const { x, y, width, height } = range.getClientRects()[0];
          return { x: x + Math.min(12, width / 2), y: y + Math.min(10, height / 2) };
        }
        return null;
      }, words);
      if (!at) throw new Error(`${words} is not in the editor`);
      await page.mouse.move(5, 5);
      await page.mouse.move(offset.x + at.x, offset.y + at.y);
      await seen(".card");
      return firstChoice();
    },
    take: async () => (await ours(".card .choice")).click(),
    async pressButton() {
      await (await find(page, scene.button)).click();
    },
  };
  return box;
}

const SCENARIOS = {
  async "reads and follows edits"(box) {
    await box.type(draft.text);
    await box.hasModel(draft.text);
    await box.openCard(draft.words);
    await box.press("Escape");
    await box.press("Control+Home");
    await box.page.keyboard.type("Goedemorgen! ");
    await box.hasModel(`Goedemorgen! ${draft.text}`);
    await box.openCard(draft.words);
  },
  async "a rewrite changes the words and nothing else"(box) {
    await box.type(draft.text);
    const better = await box.openCard(draft.words);
    await box.take();
    await box.hasModel(draft.text.replace(`${draft.words}.`, better));
  },
  async "undo brings the words back"(box) {
    await box.type(draft.text);
    const better = await box.openCard(draft.words);
    await box.take();
    await box.hasModel(draft.text.replace(`${draft.words}.`, better));
    await box.press("Control+z");
    if (box.scene.undoes_all) await box.lacks(better);
    else await box.hasModel(draft.text);
  },
  async "words in the second paragraph"(box) {
    await box.type(paragraphs.join("\n"));
    const words = "U had de voorwaarden moeten lezen";
    const better = await box.openCard(words);
    await box.take();
    await box.hasModel(paragraphs.join("\n").replace(`${words}.`, better));
  },
  async "a whole reply is taken over, or left as it was"(box) {
    await box.type(draft.text);
    await box.seen(".badge[data-state=ready]");
    await (await box.ours(".badge")).click();
    await box.seen(".panel button", "Maak een voorzet");
    const press = async (words) => {
      const button = await (await box.ours(".panel")).evaluateHandle(
        (panel, some) => [...panel.querySelectorAll("button")].find((one) => one.textContent.includes(some)),
        words,
      );
      await button.asElement().evaluate((one) => one.scrollIntoView({ block: "center" }));
      await button.asElement().click();
    };
    await press("Maak een voorzet");
    await box.seen(".panel button", "Zet in mijn tekst");
    await press("Zet in mijn tekst");
    await box.seen(".panel, .news", "");
    await box.lacks(draft.words);
    const text = await box.model();
    if (!text.startsWith("Dag Lisa") || !text.includes("Noor")) throw new Error(`damaged: ${JSON.stringify(text)}`);
  },
  async "held once, sent once, text exact"(box) {
    await box.type(draft.text);
    await box.openCard(draft.words);
    // The card may lie over the button.
    await box.press("Escape");
    await box.pressButton();
    await box.seen(".held");
    const posts = await box.posts();
    if (posts.length > 0) throw new Error("posted at the first press");
    await box.seen(".held[data-state=armed]");
    await box.pressButton();
    await box.hasPosts([draft.text]);
  },
};

try {
  await browser.installExtension(job.extension);
  await untilPaired();
  for (const scene of job.scenes) await playScene(scene);
} finally {
  await browser.close();
}
