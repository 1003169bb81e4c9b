import type { Editor } from "../editors/editor";
import type { Finding } from "../reading/findings";
import { MARKS, SPELLING_MARK } from "./levels";
import marksCss from "./marks.css?inline";
import type { Box } from "./place";
import type { Theme } from "./theme";

/** Where the words of a finding stand on the screen, one box a line. */
export interface Place {
  readonly finding: Finding;
  readonly boxes: readonly Box[];
}

const sheets = new WeakSet<Node>();

/** A page's style sheets do not reach into a shadow root; a constructed one adds no node to it. */
function styleIn(root: Node): void {
  if (root === document || sheets.has(root) || !("adoptedStyleSheets" in root)) return;
  sheets.add(root);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(marksCss);
  const shadow = root as ShadowRoot;
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}

/** Underlines words with the CSS Custom Highlight API: not one node of the page changes. */
export class Marks {
  paint(editor: Editor, findings: readonly Finding[], mistakes: readonly Finding[], theme: Theme): void {
    styleIn(editor.element.getRootNode());
    for (const [level, { mark }] of MARKS) {
      underline(
        editor,
        mark,
        findings.filter(({ warning }) => warning.level === level),
        theme,
      );
    }
    underline(editor, SPELLING_MARK, mistakes, theme);
  }

  clear(): void {
    for (const mark of [...MARKS.map(([, { mark }]) => mark), SPELLING_MARK]) {
      CSS.highlights.delete(mark);
      CSS.highlights.delete(`${mark}-dark`);
    }
  }

  /** Only what can be seen: words that were scrolled out of the field have no place. */
  places(editor: Editor, findings: readonly Finding[]): Place[] {
    const view = editor.element.getBoundingClientRect();
    return findings.map((finding) => ({
      finding,
      boxes: editor
        .locate(finding.span)
        .flatMap((range) => [...range.getClientRects()])
        .filter(({ top, bottom, width }) => width > 0 && bottom > view.top && top < view.bottom),
    }));
  }
}

function underline(editor: Editor, mark: string, findings: readonly Finding[], theme: Theme): void {
  const ranges = findings.flatMap(({ span }) => editor.locate(span));
  for (const name of [mark, `${mark}-dark`]) {
    if (ranges.length > 0 && name.endsWith("-dark") === (theme === "dark")) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }
}

export function placeAt(places: readonly Place[], x: number, y: number): Place | undefined {
  const contains = ({ left, right, top, bottom }: Box) => x >= left && x <= right && y >= top && y <= bottom + 3;
  return places.find(({ boxes }) => boxes.some(contains));
}
