export type Theme = "light" | "dark";

/** Sites have their own dark mode: what counts is what stands behind the words. */
export function themeBehind(element: Element): Theme {
  for (let around: Element | null = element; around; around = around.parentElement) {
    const colour = getComputedStyle(around).backgroundColor;
    const [red = 0, green = 0, blue = 0, opacity = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    if (colour.startsWith("rgb") && opacity > 0.5) return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
  }
  return matchMedia("(prefers-color-scheme: dark)").matches && rootIsDark() ? "dark" : "light";
}

/** Without any background of its own a page is white, unless it asked for the browser's dark canvas. */
function rootIsDark(): boolean {
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes("dark");
}
