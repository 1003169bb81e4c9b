import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { type Box, placeCard } from "./place";

interface Props {
  readonly anchor: Box;
  readonly class: string;
  readonly label: string;
  readonly state?: string;
  /** The user came here by keyboard. */
  readonly takesFocus?: boolean;
  readonly children: ComponentChildren;
  onEscape(): void;
}

/** A card beside its words; it takes no focus and blocks nothing. */
export function Floating({ anchor, class: className, label, state, takesFocus, children, onEscape }: Props) {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return;
    element.style.maxHeight = "";
    const { width, height } = element.getBoundingClientRect();
    const { left, top, height: room } = placeCard(anchor, { width, height }, { width: innerWidth, height: innerHeight });
    element.style.maxHeight = `${room}px`;
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  });
  useEffect(() => {
    if (takesFocus) card.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <div
      ref={card}
      class={`floating ${className}`}
      role="dialog"
      tabIndex={-1}
      aria-label={label}
      data-state={state}
      onKeyDown={(event) => {
        if (event.key === "Escape") onEscape();
      }}
    >
      {children}
    </div>
  );
}
