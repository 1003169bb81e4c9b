import type { Analysis, Level, Warning } from "../companion/contract";
import { maySilence } from "../holding";
import type { Settings } from "../settings";
import { type Edit, editBetween, moveSpan, type Span, sentenceAround, standsAlone } from "../spans";

/** A warning where its words stand now. */
export interface Finding {
  readonly warning: Warning;
  readonly span: Span;
  /** The words that a rewrite takes the place of; empty where it is to be put in. */
  readonly replaces: Span;
  /** Names this finding among those of one analysis. */
  readonly key: string;
}

/** What a draft lacks so far (a name under it): to be added at the end, and no news to somebody who is still typing. */
export function isLack({ warning, replaces }: Finding): boolean {
  return warning.seen_by === "structure" && replaces.start === replaces.end;
}

/** At most this many are shown at once; more is noise. */
export const SHOWN = 3;

const RANK = { hold: 0, warn: 1, hint: 2 } satisfies Record<Level, number>;

const byWeight = (a: Finding, b: Finding): number =>
  RANK[a.warning.level] - RANK[b.warning.level] || b.warning.confidence - a.warning.confidence || a.span.start - b.span.start;

/** The findings of one analysis, most serious first. */
export function findingsOf(analysis: Analysis): Finding[] {
  return analysis.warnings
    .map((warning) => ({
      warning,
      span: { start: warning.start, end: warning.end },
      replaces: { start: warning.replaces.start, end: warning.replaces.end },
      key: `${warning.check} ${warning.start} ${warning.end}`,
    }))
    .sort(byWeight);
}

/** The findings as this user wants to hear them on this site. What holds is heard in any case. */
export function asWished(
  findings: readonly Finding[],
  { checks, silenced }: Pick<Settings, "checks" | "silenced">,
  site: string,
): Finding[] {
  return findings
    .flatMap((finding) => {
      const { warning } = finding;
      const wish = checks[warning.check];
      if (maySilence(warning)) {
        if (wish === "off" || silenced[site]?.includes(warning.check)) return [];
        return wish === "hint" ? atMost("hint", finding) : finding;
      }
      return wish ? atMost("warn", finding) : finding;
    })
    .sort(byWeight);
}

function atMost(level: Level, finding: Finding): Finding {
  const { warning } = finding;
  return RANK[warning.level] < RANK[level] ? { ...finding, warning: { ...warning, level } } : finding;
}

/** Move findings to where their words stand after an edit; one whose words were touched is hidden until the next answer. */
export function followEdit(findings: readonly Finding[], before: string, after: string): readonly Finding[] {
  const edit = editBetween(before, after);
  return edit ? findings.flatMap((finding) => follow(finding, edit, after) ?? []) : findings;
}

function follow(finding: Finding, edit: Edit, after: string): Finding | null {
  const { warning } = finding;
  // What the whole draft lacks (a name) may be exactly what was just typed.
  if (warning.seen_by === "structure") return null;
  const span = moveSpan(finding.span, edit);
  const replaces = moveSpan(finding.replaces, edit);
  if (!span || !replaces || !standsAlone(after, span)) return null;
  return after.slice(span.start, span.end) === warning.text ? { ...finding, span, replaces } : null;
}

/** Findings that the user kept, by check and sentence: they do not come back while the sentence stays as it is. */
export class Kept {
  private readonly sentences = new Set<string>();

  keep(finding: Finding, text: string): void {
    this.sentences.add(keyOf(finding, text));
  }

  has(finding: Finding, text: string): boolean {
    return this.sentences.has(keyOf(finding, text));
  }

  clear(): void {
    this.sentences.clear();
  }
}

function keyOf({ warning, span }: Finding, text: string): string {
  return `${warning.check}\n${sentenceAround(text, span)}`;
}
