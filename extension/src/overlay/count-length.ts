import type { Limit, Platform } from "../platforms";

const LINK = /(?<![\p{L}\p{N}_.@-])(?:https?:\/\/)?[\p{L}\p{N}_-]+(?:\.([\p{L}\p{N}_-]+))+(?:[/?#](?:\S*[^\s.,;:!?)])?)?/giu;
const LINK_LENGTH = 23;
const SHOWN_FROM = 0.8;

/** Length of a draft against the limit that it reaches first: that of the site, in what the site counts, or of the field. Null when there is none or it is far off. */
export function countLength(
  text: string,
  { limit }: Pick<Platform, "limit">,
  field: number | null,
): { readonly count: number; readonly most: number } | null {
  const lengths = [
    ...(limit ? [{ count: counted(text, limit), most: limit.most }] : []),
    ...(field === null ? [] : [{ count: text.length, most: field }]),
  ];
  const [first] = lengths.sort((a, b) => b.count / b.most - a.count / a.most);
  return first && first.count >= first.most * SHOWN_FROM ? first : null;
}

function counted(text: string, limit: Limit): number {
  if (limit.counting === "weighted") return weighted(text, limit);
  if (limit.counting === "bytes") return new TextEncoder().encode(text).length;
  return limit.counting === "graphemes" ? graphemesOf(text).length : [...text].length;
}

const graphemesOf = (text: string) => [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)];

/** As X counts: a link is 23, an emoji or an East Asian character 2. The companion counts the same (tests/shared/x-length.json). */
export function weighted(text: string, { links = [] }: Limit): number {
  let found = 0;
  const rest = text.replaceAll(LINK, (link, ending: string) => {
    if (!link.toLowerCase().startsWith("http") && !links.includes(ending.toLowerCase())) return link;
    found += 1;
    return "";
  });
  return graphemesOf(rest).reduce((sum, { segment }) => sum + weightOf(segment), found * LINK_LENGTH);
}

function weightOf(grapheme: string): number {
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(grapheme)) return 2;
  return [...grapheme].reduce((sum, character) => sum + (isLight(character.codePointAt(0) ?? 0) ? 1 : 2), 0);
}

/** The ranges that X counts once; all others count twice. */
function isLight(code: number): boolean {
  return code <= 0x10ff || (code >= 0x2000 && code <= 0x200d) || (code >= 0x2010 && code <= 0x201f) || (code >= 0x2032 && code <= 0x2037);
}
