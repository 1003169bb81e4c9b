import { describe, expect, it } from "vitest";
import { boxAround, placeBadge, placeCard } from "../../../extension/src/overlay/place";

const SCREEN = { width: 1000, height: 700 };
const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

describe("a card", () => {
  it("stands under its words", () => {
    expect(placeCard(box(100, 100, 200, 120), { width: 360, height: 300 }, SCREEN)).toEqual({ left: 100, top: 128, height: 300 });
  });
  it("goes above when there is no room below", () => {
    expect(placeCard(box(100, 600, 200, 620), { width: 360, height: 300 }, SCREEN)).toEqual({ left: 100, top: 292, height: 300 });
  });
  it("shifts to stay on the screen", () => {
    expect(placeCard(box(900, 100, 990, 120), { width: 360, height: 300 }, SCREEN).left).toBe(632);
  });
  it("scrolls rather than cover its words", () => {
    const words = box(100, 300, 200, 320);
    const { top, height } = placeCard(words, { width: 360, height: 600 }, SCREEN);
    expect(top).toBeGreaterThanOrEqual(words.bottom);
    expect(top + height).toBeLessThanOrEqual(SCREEN.height);
  });
});

describe("the badge", () => {
  const size = { width: 28, height: 28 };
  it("stands at the lower outer corner", () => {
    expect(placeBadge(box(100, 100, 600, 200), size, SCREEN, () => true)).toEqual({ left: 604, top: 172 });
  });
  it("comes inside where the outer corner is taken", () => {
    const taken = (candidate: { left: number }) => candidate.left < 600;
    expect(placeBadge(box(100, 100, 600, 200), size, SCREEN, taken)).toEqual({ left: 568, top: 168 });
  });
  it("never leaves the screen", () => {
    const { left, top } = placeBadge(box(0, 650, 1000, 900), size, SCREEN, () => false);
    expect(left + 28).toBeLessThanOrEqual(1000);
    expect(top + 28).toBeLessThanOrEqual(700);
  });
});

it("draws one box around several lines", () => {
  expect(boxAround([box(50, 10, 200, 30), box(10, 30, 90, 50)])).toEqual(box(10, 10, 200, 50));
});
