import { expect, it } from "vitest";
import { countLength, weighted } from "../../../extension/src/overlay/count-length";
import { platforms } from "../../../extension/src/platforms";
import lengths from "../../shared/x-length.json";

const platform = (id: string) => {
  const found = platforms.find((one) => one.id === id);
  if (!found) throw new Error(`no platform ${id}`);
  return found;
};

it.each(lengths as [string, number][])("weighs %j as the companion does", (text, length) => {
  expect(weighted(text, platform("x").limit ?? { most: 0, counting: "weighted" })).toBe(length);
});

it.each([
  ["a".repeat(100), null],
  ["a".repeat(230), 230],
  [`${"a".repeat(230)} https://example.com/${"x".repeat(200)}`, 254],
  [`${"a".repeat(230)}🙂`, 232],
  [`${"a".repeat(230)}👨‍👩‍👧`, 232],
  [`${"é".repeat(230)}`, 230],
  ["日".repeat(120), 240],
])("X counts %j", (text, count) => {
  expect(countLength(text, platform("x"), null)?.count ?? null).toBe(count);
});

it("knows no limit elsewhere", () => {
  expect(countLength("a".repeat(9_000), platform("generic"), null)).toBeNull();
  expect(countLength("a".repeat(9_000), platform("facebook"), null)).toEqual({ count: 9_000, most: 8_000 });
});

it.each([
  ["of the field alone", "generic", "a".repeat(90), 100, { count: 90, most: 100 }],
  ["of the field where it is less than the site's", "google-business", "a".repeat(3_990), 4_000, { count: 3_990, most: 4_000 }],
  ["of the site where that is less", "x", "a".repeat(270), 1_000, { count: 270, most: 280 }],
  ["that is reached first, in its own counting", "google-business", "é".repeat(2_000), 4_000, { count: 4_000, most: 4_096 }],
  ["of neither while there is room", "x", "a".repeat(100), 1_000, null],
  ["of the field in code units", "generic", "😀".repeat(45), 100, { count: 90, most: 100 }],
] as const)("shows the limit %s", (_, id, text, field, length) => {
  expect(countLength(text, platform(id), field)).toEqual(length);
});
