import { describe, expect, it } from "vitest";
import { findComplaint, readMessages } from "../../../extension/src/conversation/find-complaint";
import { chosenComplaint } from "../../../extension/src/conversation/page-selection";
import { visibleText } from "../../../extension/src/conversation/visible-text";
import { platforms } from "../../../extension/src/platforms";

const find = (id: string, html: string) => {
  document.head.innerHTML = "";
  document.body.innerHTML = html;
  const platform = platforms.find((one) => one.id === id);
  const field = document.querySelector("textarea, [contenteditable]");
  if (!platform || !field) throw new Error("no platform or no field");
  return findComplaint(field, platform);
};
const LONG = "Na drie weken wachten nog steeds geen antwoord.";

describe("the stars of a review", () => {
  const rated = (id: string, html: string) => {
    document.body.innerHTML = html;
    return readMessages(document, rulesOf(id))[0]?.rating;
  };
  const rulesOf = (id: string) => {
    const platform = platforms.find((one) => one.id === id);
    if (!platform) throw new Error(`no platform ${id}`);
    return platform.complaint;
  };

  it.each([
    ["<div>Scored 10</div><div>10</div>", 10],
    ["<div>3,0</div><div>3,0</div>", 3],
  ])("stand as words in two blocks on Booking.com: %s", (score, rating) => {
    const card = `<div data-testid="review-card"><div data-testid="review-score">${score}</div><div data-testid="review-negative-text">${LONG}</div></div>`;
    expect(rated("booking-public", card)).toBe(rating);
  });

  it.each(['<div data-service-review-rating="2">★</div>', '<img src="stars-2.svg" alt="Rated 2 out of 5 stars">'])(
    "stand in an attribute on Trustpilot: %s",
    (stars) => {
      const card = `<article data-service-review-card-paper="true">${stars}<p data-service-review-text-typography="true">${LONG}</p></article>`;
      expect(rated("trustpilot", card)).toBe(2);
    },
  );
});

describe("the complaint on a page that is no known platform", () => {
  it("is the review around the field", () => {
    const found = find(
      "generic",
      `<div class="review"><p class="name">Jan</p><p class="text">${LONG}</p><form><textarea></textarea></form></div>`,
    );
    expect(found).toMatchObject({ text: LONG, author: "Jan" });
  });

  it("is the nearest one before the field", () => {
    const found = find(
      "generic",
      `<article><p>Prachtige winkel, echt waar.</p></article><article><p>${LONG}</p></article><form><textarea></textarea></form><article><p>Heel tevreden mee, top.</p></article>`,
    );
    expect(found?.text).toBe(LONG);
  });

  it("is not the shop's own reply", () => {
    const found = find(
      "generic",
      `<article><p>${LONG}</p><div class="owner-response"><p>Wij hebben u al geantwoord, hoor.</p></div></article><textarea></textarea>`,
    );
    expect(found?.text).toBe(LONG);
  });

  it("comes from the page's own data when nothing else does", () => {
    const review = {
      "@type": "Review",
      reviewBody: LONG,
      author: { "@type": "Person", name: "Jan" },
      reviewRating: { ratingValue: "1" },
      datePublished: "2026-11-20",
    };
    const found = find(
      "generic",
      `<script type="application/ld+json">${JSON.stringify({ "@graph": [{ "@type": "Product", review }] })}</script><textarea></textarea>`,
    );
    expect(found).toEqual({ text: LONG, author: "Jan", rating: 1, postedAt: "2026-11-20T00:00:00.000Z", source: "page" });
  });

  it("is none on a page without messages, with broken data, or with too little text", () => {
    expect(find("generic", "<p>Neem contact op.</p><textarea></textarea>")).toBeNull();
    expect(find("generic", '<script type="application/ld+json">{broken</script><article>Top!</article><textarea></textarea>')).toBeNull();
  });
});

describe("the complaint on Facebook", () => {
  const comment = (id: number, who: string, text: string, inside = "") =>
    `<div role="article"><a role="link" href="/p?comment_id=${id}"><span dir="auto">${who}</span></a><div dir="auto">${text}</div>${inside}</div>`;

  it("is the comment that the field's label names, in whatever language", () => {
    const found = find(
      "facebook",
      `<div role="main">${comment(1, "Lisa de Vries", LONG)}${comment(2, "Piet", "Bij mij ging alles prima, hoor.")}<form><div contenteditable="true" role="textbox" aria-label="Beantwoord Lisa de Vries">x</div></form></div>`,
    );
    expect(found).toMatchObject({ text: LONG, author: "Lisa de Vries" });
  });

  it("never holds invisible or decoy characters", () => {
    const found = find(
      "facebook",
      `<div role="main">${comment(1, "Lisa", `Na drie\u200B weken<span style="display:none">x9</span> wachten\u202E nog niets.`)}<div contenteditable="true">x</div></div>`,
    );
    expect(found?.text).toBe("Na drie weken wachten nog niets.");
  });

  it("is the post itself when there is no comment", () => {
    const found = find(
      "facebook",
      `<div role="main"><div role="article"><h2><a role="link">Jan</a></h2><div data-ad-rendering-role="story_message">${LONG}</div><form><div contenteditable="true">x</div></form></div></div>`,
    );
    expect(found).toMatchObject({ text: LONG, author: "Jan" });
  });
});

describe("what the user chooses", () => {
  const before = { text: `${LONG} Schande!`, author: "Lisa", postedAt: null, rating: 1, source: "page" } as const;
  it("keeps the author of the message it is part of", () => {
    expect(chosenComplaint(LONG, "selection", before)).toEqual({ ...before, text: LONG, source: "selection" });
    expect(chosenComplaint("Iets heel anders", "selection", before)).toMatchObject({ author: null, rating: null });
    expect(chosenComplaint("Iets heel anders", "writer", before)).toMatchObject({ author: "Lisa" });
  });
  it("can be nothing", () => {
    expect(chosenComplaint("  ", "writer", before)).toBeNull();
  });
});

it("reads line by line, with drawn emoji, without what is hidden", () => {
  document.body.innerHTML = `<div id="m"><p>Een <b>twee</b></p><p>drie<br>vier <img alt="😡"><img alt="logo"></p><p style="display:none">vijf</p><script>zes</script></div>`;
  expect(visibleText(document.querySelector("#m") as Element)).toBe("Een twee\ndrie\nvier 😡");
});
