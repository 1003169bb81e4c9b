import type { Session } from "../session";
import { type Place, placeAt } from "./marks";

const HOVER = 300;
const LEAVE = 250;

/** Opens the card of the words under the pointer: when it rests there, or at once on a click. Events of the page are only watched. */
export class Pointing {
  /** Where the marked words stand, as last drawn. */
  places: readonly Place[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private over: string | null = null;
  /** The card came by hovering, so it goes when the pointer does. */
  private isPeeking = false;

  listen(current: () => Session | null, isOverOurs: (x: number, y: number) => boolean, signal: AbortSignal): void {
    const options = { capture: true, passive: true, signal } as const;
    window.addEventListener("mousemove", (event) => this.move(event, current(), isOverOurs), options);
    window.addEventListener("click", (event) => this.click(event, current(), isOverOurs), options);
  }

  private move({ clientX, clientY, buttons }: MouseEvent, session: Session | null, isOverOurs: (x: number, y: number) => boolean): void {
    if (!session || buttons !== 0 || (this.places.length === 0 && !session.card)) return;
    if (isOverOurs(clientX, clientY)) return this.wait("ours", 0, () => undefined);
    const place = placeAt(this.places, clientX, clientY);
    if (place) {
      this.wait(place.finding.key, HOVER, () => {
        if (session.card && !this.isPeeking) return;
        this.isPeeking = true;
        session.peek(place.finding);
      });
    } else if (session.card && this.isPeeking) {
      this.wait("nothing", LEAVE, () => {
        this.isPeeking = false;
        session.closeCard();
      });
    } else {
      this.wait("nothing", 0, () => undefined);
    }
  }

  private click({ clientX, clientY }: MouseEvent, session: Session | null, isOverOurs: (x: number, y: number) => boolean): void {
    if (!session || isOverOurs(clientX, clientY)) {
      this.isPeeking = false;
      return;
    }
    const place = placeAt(this.places, clientX, clientY);
    clearTimeout(this.timer);
    if (place) {
      this.isPeeking = false;
      session.peek(place.finding);
    } else if (session.card) {
      session.closeCard();
    }
  }

  /** Begin to wait only when the pointer came to something else. */
  private wait(over: string, delay: number, then: () => void): void {
    if (this.over === over) return;
    this.over = over;
    clearTimeout(this.timer);
    if (delay > 0) this.timer = setTimeout(then, delay);
  }
}
