import generated from "./generated/platforms.json";

type EditorKind = "textarea" | "contenteditable" | "draft-js" | "lexical";
export type SubmitKey = "Enter" | "Ctrl+Enter" | "Meta+Enter";
type Selectors = readonly string[];

export interface Limit {
  readonly most: number;
  readonly counting: "characters" | "weighted";
  readonly links?: readonly string[];
}

/** One file of shared/platforms; the schema there says what each field means. */
export interface Platform {
  readonly id: string;
  readonly name: string;
  readonly matches?: Selectors;
  readonly exclude_paths?: Selectors;
  readonly limit?: Limit;
  readonly editor: { readonly kind?: EditorKind; readonly selectors: Selectors };
  readonly submit: {
    readonly selectors: Selectors;
    readonly disabled?: Selectors;
    readonly within?: Selectors;
    readonly keys: readonly SubmitKey[];
    readonly menu?: Selectors;
  };
  readonly complaint: {
    readonly scope?: Selectors;
    readonly container: Selectors;
    readonly text: Selectors;
    readonly author?: Selectors;
    readonly time?: Selectors;
    readonly rating?: Selectors;
    readonly quoted?: Selectors;
    readonly skip?: Selectors;
  };
}

export const platforms = generated as unknown as readonly Platform[];
const generic = platforms.find(({ id }) => id === "generic") as Platform;
export const platformMatches = platforms.flatMap(({ matches }) => matches ?? []);

/** A place that can be switched on or off: a known platform with all its hosts, or one other host. */
export interface Site {
  /** Key in the settings. */
  readonly id: string;
  readonly label: string;
  readonly platform: Platform;
}

/** Say which site a page belongs to; null where a browser lets no extension in or nothing public is written. */
export function siteOf(address: string): Site | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const platform = platforms.find(({ matches }) => matches?.some((pattern) => fits(pattern, url)));
  if (!platform) return { id: url.hostname, label: url.hostname, platform: generic };
  if (platform.exclude_paths?.some((path) => url.pathname.startsWith(path))) return null;
  return { id: platform.id, label: platform.name, platform };
}

function fits(pattern: string, url: URL): boolean {
  const [, scheme, host, path] = /^(https?):\/\/([^/]+)(\/.*)$/.exec(pattern) ?? [];
  if (!scheme || !host || !path || url.protocol !== `${scheme}:`) return false;
  const hostFits = host.startsWith("*.") ? url.hostname === host.slice(2) || url.hostname.endsWith(host.slice(1)) : url.hostname === host;
  const shape = path.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return hostFits && new RegExp(`^${shape.join(".*")}$`).test(url.pathname);
}
