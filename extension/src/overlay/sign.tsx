const SHAPES = {
  check: <path d="M3.5 8.5l3 3 6-7" />,
  dots: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" class="dots" />,
  broken: <path d="M12.6 5a5.5 5.5 0 1 0 .9 3.4M10 8.4h.01" />,
  link: <path d="M6.5 9.5l3-3M7 5l1.6-1.6a2.7 2.7 0 0 1 3.9 3.9L11 9M9 11l-1.6 1.6a2.7 2.7 0 0 1-3.9-3.9L5 7" />,
  many: <path d="M3 5h10M3 8h10M3 11h6" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  previous: <path d="M10 3.5L5.5 8l4.5 4.5" />,
  next: <path d="M6 3.5L10.5 8 6 12.5" />,
  diamond: <path d="M8 3l5 5-5 5-5-5z" class="filled" />,
  wave: <path d="M1.5 9q2.2-4.5 4.4 0t4.3 0 4.3 0" />,
  double: <path d="M2.5 7.5h11M2.5 10.5h11" />,
  dotted: <path d="M2.5 9h.01M6.2 9h.01M9.9 9h.01M13.6 9h.01" />,
};
export type SignName = keyof typeof SHAPES;

/** A drawn sign; what it means is said by the button around it. */
export function Sign({ name }: { readonly name: SignName }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}
