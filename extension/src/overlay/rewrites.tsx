import type { Finding } from "../reading/findings";
import type { Speaker } from "../texts";
import { type Change, isWhole, shortened, wordChanges } from "./word-changes";

const USUALLY_MOST = 3;
const LONGEST_OLD = 90;

interface Props {
  readonly finding: Finding;
  /** The words that would be replaced; empty where a rewrite is put in. */
  readonly before: string;
  readonly most?: number;
  readonly speak: Speaker;
  onChoose(rewrite: string): void;
}

/** Up to three rewrites as buttons. Each shows only what changes; words that go altogether are struck through once, above them. */
export function Rewrites({ finding, before, most = USUALLY_MOST, speak: { say }, onChoose }: Props) {
  const rewrites = finding.warning.rewrites.slice(0, most).map((rewrite) => ({ rewrite, changes: wordChanges(before, rewrite) }));
  if (rewrites.length === 0) return null;
  const areAllWhole = rewrites.every(({ changes }) => isWhole(changes));
  return (
    <fieldset class="rewrites">
      <legend>{say(before ? "card.rewrites" : "card.insert")}</legend>
      {areAllWhole && before && <del>{shorten(before)}</del>}
      {rewrites.map(({ rewrite, changes }) => (
        <button type="button" key={rewrite} class="choice" onClick={() => onChoose(rewrite)}>
          {areAllWhole ? <span class="whole">{rewrite.trim()}</span> : <Changes changes={shortened(changes)} />}
        </button>
      ))}
    </fieldset>
  );
}

export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <span>
      {changes.map(({ kind, text }, index) => {
        if (kind === "same") return text;
        const key = `${kind} ${text}`;
        if (kind === "old") return <del key={key}>{text}</del>;
        // A space keeps struck words and their successors apart.
        return [changes[index - 1]?.kind === "old" && !text.startsWith(" ") ? " " : "", <ins key={key}>{text}</ins>];
      })}
    </span>
  );
}

function shorten(words: string): string {
  const line = words.replaceAll(/\s+/g, " ").trim();
  return line.length <= LONGEST_OLD ? line : `${line.slice(0, LONGEST_OLD).trimEnd()} …`;
}
