export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Corner {
  readonly left: number;
  readonly top: number;
}

const MARGIN = 8;
const LEAST_HEIGHT = 160;

/** A card under its words, or above them when there is more room; it scrolls rather than cover them or leave the screen. */
export function placeCard(words: Box, card: Size, screen: Size): Corner & { readonly height: number } {
  const below = screen.height - words.bottom - 2 * MARGIN;
  const above = words.top - 2 * MARGIN;
  const isBelow = card.height <= below || below >= above;
  const height = Math.min(card.height, Math.max(isBelow ? below : above, LEAST_HEIGHT));
  const top = isBelow ? words.bottom + MARGIN : words.top - MARGIN - height;
  return {
    left: clamp(words.left, MARGIN, screen.width - card.width - MARGIN),
    top: clamp(top, MARGIN, screen.height - height - MARGIN),
    height,
  };
}

/** Corners of the editor at which the badge may stand, best first; the first that covers nothing of the site is taken. */
export function placeBadge(editor: Box, badge: Size, screen: Size, isFree: (box: Box) => boolean): Corner {
  const inner = { left: editor.right - badge.width - 4, top: editor.bottom - badge.height - 4 };
  const candidates: Corner[] = [
    { left: editor.right + 4, top: editor.bottom - badge.height },
    inner,
    { left: editor.left - badge.width - 4, top: editor.bottom - badge.height },
    { left: editor.right - badge.width - 4, top: editor.bottom + 4 },
    { left: editor.right - badge.width + 8, top: editor.top - badge.height / 2 },
    { left: editor.right - badge.width - 4, top: editor.top - badge.height - 4 },
  ];
  const found = candidates.find((corner) => {
    const box = boxAt(corner, badge);
    return box.left >= 0 && box.top >= 0 && box.right <= screen.width && box.bottom <= screen.height && isFree(box);
  });
  return found ?? keepOnScreen(inner, badge, screen);
}

export function keepOnScreen({ left, top }: Corner, size: Size, screen: Size): Corner {
  return { left: clamp(left, 0, screen.width - size.width), top: clamp(top, 0, screen.height - size.height) };
}

/** The box around words that run over several lines. */
export function boxAround(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

export function boxAt({ left, top }: Corner, { width, height }: Size): Box {
  return { left, top, right: left + width, bottom: top + height };
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
