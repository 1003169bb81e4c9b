import type { Analysis, Warning } from "../../../extension/src/companion/contract";

/** An answer of the companion with these words found, as checks go. */
export function analysisOf(text: string, ...words: (string | (Partial<Warning> & { text: string }))[]): Analysis {
  const warnings = words.map((one): Warning => {
    const found = typeof one === "string" ? { text: one } : one;
    const start = text.indexOf(found.text);
    const end = start + found.text.length;
    return {
      check: "finger-pointing",
      level: "warn",
      start,
      end,
      title: "Dit kan als een verwijt overkomen",
      message: `“${found.text}” legt de schuld bij de klant.`,
      why: null,
      rewrites: ["Dat hadden wij duidelijker moeten aangeven."],
      replaces: { start, end },
      seen_by: "pattern",
      confidence: 0.9,
      ...found,
    };
  });
  return { language: "nl", warnings, components: [], balance: null, axes: [], complaint: null, platform: null, skipped: [], took_ms: 1 };
}
