import { expect, it } from "vitest";
import { longDate, moment } from "../../extension/src/moments";

const NOW = new Date(2026, 10, 28, 18, 0);

it.each([
  [new Date(2026, 10, 28, 17, 35), "17.35 uur", "17:35"],
  [new Date(2026, 10, 28, 9, 5), "9.05 uur", "9:05"],
  [new Date(2026, 10, 28, 0, 0), "0.00 uur", "0:00"],
  [new Date(2026, 10, 27, 17, 35), "27 november, 17.35 uur", "27 November, 17:35"],
  [new Date(2026, 2, 1, 12, 0), "1 maart, 12.00 uur", "1 March, 12:00"],
  [new Date(2025, 11, 31, 23, 59), "31 december 2025, 23.59 uur", "31 December 2025, 23:59"],
])("%s is written as the companion does", (at, nl, en) => {
  expect(moment(at, NOW, "nl")).toBe(nl);
  expect(moment(at, NOW, "en")).toBe(en);
});

it("a date has its year", () => {
  expect(longDate(NOW, "nl")).toBe("28 november 2026");
  expect(longDate(NOW, "en")).toBe("28 November 2026");
});
