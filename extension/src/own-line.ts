/** Whether an element begins a line of its own, as the browser lays it out. */
export function hasOwnLine(element: Element): boolean {
  const { display } = getComputedStyle(element);
  return display !== "" && !/^(?:inline|ruby|contents|none)/.test(display);
}
