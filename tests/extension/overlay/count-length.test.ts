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
  expect(countLength(text, platform("x"))?.count ?? null).toBe(count);
});

it("knows no limit elsewhere", () => {
  expect(countLength("a".repeat(9_000), platform("generic"))).toBeNull();
  expect(countLength("a".repeat(9_000), platform("facebook"))).toEqual({ count: 9_000, most: 8_000 });
});
