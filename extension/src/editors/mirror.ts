import { editBetween, type Span } from "../spans";

const COPIED = [
  "direction", "fontFamily", "fontSize", "fontStretch", "fontStyle", "fontVariant", "fontWeight", "fontKerning", "fontFeatureSettings",
  "letterSpacing", "lineHeight", "tabSize", "textAlign", "textIndent", "textTransform", "wordBreak", "wordSpacing", "overflowWrap",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft",
  "borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth",
] as const; // biome-ignore format: a table

/** An unseen copy of a field's text, exactly over it, so that words in it can be measured and underlined. */
export class Mirror {
  private readonly box = document.createElement("div");
  private readonly text = document.createTextNode("");
  private shape = "";
  /** What was followed, and in which frame: one drawing asks for many places, and following costs a layout. */
  private followed: { readonly field: Element; readonly value: string; readonly frame: unknown } | null = null;

  constructor(root: ShadowRoot) {
    this.box.className = "mirror";
    this.box.setAttribute("aria-hidden", "true");
    this.box.append(this.text);
    // Below everything else that is drawn.
    root.prepend(this.box);
  }

  locate(field: HTMLTextAreaElement | HTMLInputElement, { start, end }: Span): Range[] {
    this.follow(field);
    if (end > this.text.length) return [];
    const range = document.createRange();
    range.setStart(this.text, start);
    range.setEnd(this.text, end);
    return [range];
  }

  /** Take over the field's place, shape, scroll and text, once a frame for each text. */
  private follow(field: HTMLTextAreaElement | HTMLInputElement): void {
    const { value } = field;
    const frame = document.timeline.currentTime;
    const last = this.followed;
    if (last && last.field === field && last.value === value && last.frame === frame) return;
    this.followed = { field, value, frame };
    const shape = getComputedStyle(field);
    const { style } = this.box;
    this.takeShape(shape);
    const place = field.getBoundingClientRect();
    const isLine = field instanceof HTMLInputElement;
    style.left = `${place.left}px`;
    style.top = `${place.top}px`;
    // Without the scrollbar, or lines would break elsewhere than in the field.
    style.width = `${field.clientWidth + field.clientLeft * 2}px`;
    style.height = `${place.height}px`;
    style.whiteSpace = isLine ? "pre" : "pre-wrap";
    style.lineHeight = isLine ? `${field.clientHeight - parse(shape.paddingTop) - parse(shape.paddingBottom)}px` : shape.lineHeight;
    style.borderStyle = "solid";
    // A last line break needs something behind it to count as a line.
    const content = `${value}\u200B`;
    this.takeText(content);
    this.box.scrollTop = field.scrollTop;
    this.box.scrollLeft = field.scrollLeft;
  }

  /** Only what changed is written: of a text that is set anew the browser shapes every letter again. */
  private takeText(content: string): void {
    const { data } = this.text;
    const edit = editBetween(data, content);
    if (!edit) return;
    const { start, end } = edit.span;
    this.text.replaceData(start, end - start, content.slice(start, start + edit.length));
  }

  private takeShape(of: CSSStyleDeclaration): void {
    const shape = COPIED.map((property) => of[property]).join(";");
    if (shape === this.shape) return;
    this.shape = shape;
    for (const property of COPIED) this.box.style[property] = of[property];
  }

  hide(): void {
    this.followed = null;
    this.text.data = "";
    this.box.style.width = "0";
  }
}

const parse = (length: string): number => Number.parseFloat(length) || 0;
