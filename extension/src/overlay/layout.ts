import type { Playbook } from "../companion/contract";
import { type Finding, SHOWN } from "../reading/findings";
import type { Session } from "../session";
import { companionAddress, type Settings } from "../settings";
import type { Speaker } from "../texts";
import { wordBeside } from "./badge";
import { countLength } from "./count-length";
import type { Marks } from "./marks";
import { type Box, boxAround, type Corner, keepOnScreen, placeBadge } from "./place";
import { themeBehind } from "./theme";
import type { View } from "./view";

const BADGE = { width: 28, height: 28 };
/** Of the badge's own small print, in pixels; a little too wide is better than on the button. */
const LETTER = 7;
const PRESSABLE = "button, a[href], input, select, textarea, [role='button'], [role='link'], [tabindex]";

interface Surroundings {
  readonly settings: Settings;
  readonly speak: Speaker;
  readonly playbook: Playbook | null;
  readonly isSlow: boolean;
  readonly reminds: boolean;
  isOurs(element: Element): boolean;
}

/** Measure the page and say what is to be drawn where. Paints the marks on the way, since both need the same ranges. */
export function layOut(session: Session, marks: Marks, around: Surroundings): View {
  const { editor, site } = session;
  const known = session.reading.now;
  const theme = themeBehind(editor.element);
  const shown = known.findings.slice(0, SHOWN);
  const carded = session.card?.finding;
  const { mistakes } = session;
  const marked =
    carded && !mistakes.some(({ key }) => key === carded.key) && !shown.some(({ key }) => key === carded.key) ? [...shown, carded] : shown;
  marks.paint(editor, marked, mistakes, theme);
  // Of words that are marked twice the shorter stretch opens its card: the other can still be reached beside it.
  const length = ({ span }: Finding) => span.end - span.start;
  const places = marks.places(
    editor,
    [...marked, ...mistakes].sort((a, b) => length(a) - length(b)),
  );
  const field = editor.element.getBoundingClientRect();
  const cardBoxes = places.find(({ finding }) => finding.key === carded?.key)?.boxes;
  return {
    speak: around.speak,
    theme,
    site,
    known,
    mistakes,
    isSlow: around.isSlow,
    places,
    margin: field.left - 2,
    badge: badgeCorner(session, field, around, badgeSize(session, around)),
    card: session.card && { ...session.card, anchor: cardBoxes?.length ? boxAround(cardBoxes) : field },
    held: session.held && {
      press: session.held.press,
      anchor: session.heldAnchor(),
      isArmed: session.hold.isArmed,
      findings: session.serious,
      lacksApproval: session.lacksApproval,
    },
    isPanelOpen: session.isPanelOpen,
    reminds: around.reminds,
    suggestion: session.suggestion,
    playbook: around.playbook,
    reviewing: session.reviewing.view,
    companionAddress: companionAddress(around.settings),
    writer: around.settings.writer,
    length: countLength(known.text, site.platform, editor.most()),
    most: editor.most(),
    news: session.news,
  };
}

function badgeSize(session: Session, { speak }: Surroundings): typeof BADGE {
  const word = wordBeside({ known: session.reading.now, reviewing: session.reviewing.view, speak });
  return word ? { ...BADGE, width: BADGE.width + 8 + word.length * LETTER } : BADGE;
}

function badgeCorner({ editor, site, guarded }: Session, field: Box, { settings, isOurs }: Surroundings, size: typeof BADGE): Corner {
  const screen = { width: innerWidth, height: innerHeight };
  const button = guarded.button()?.getBoundingClientRect();
  const words = lastWords(editor);
  const isFree = (box: Box) => {
    if (words.some((word) => touches(box, word))) return false;
    if (button && touches(box, button)) return false;
    return corners(box).every(([x, y]) => {
      const under = document.elementsFromPoint(x, y).find((element) => !isOurs(element));
      return !under || editor.element.contains(under) || under.contains(editor.element) || under.closest(PRESSABLE) === null;
    });
  };
  const own = placeBadge(field, size, screen, isFree);
  const dragged = settings.badges[site.id];
  return dragged ? keepOnScreen({ left: own.left + dragged.x, top: own.top + dragged.y }, size, screen) : own;
}

const TAIL = 300;

/** Where the end of the text stands: the badge must not lie on what is being typed. */
function lastWords(editor: Session["editor"]): Box[] {
  const { length } = editor.read();
  return editor.locate({ start: Math.max(0, length - TAIL), end: length }).flatMap((range) => [...range.getClientRects()]);
}

function touches(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function corners(box: Box): [number, number][] {
  const { left, top, right, bottom } = box;
  return [
    [left + 1, top + 1],
    [right - 1, top + 1],
    [left + 1, bottom - 1],
    [right - 1, bottom - 1],
    [(left + right) / 2, (top + bottom) / 2],
  ];
}
