import generated from "./generated/platforms.json";
import { addressOf } from "./page-tree";
import type { Locale } from "./texts";

type EditorKind = "textarea" | "contenteditable" | "draft-js" | "lexical" | "quill" | "prosemirror" | "slate" | "ckeditor";
export type SubmitKey = "Enter" | "Ctrl+Enter" | "Meta+Enter";
type Selectors = readonly string[];
/** One name for all, or one for each language of the interface. */
export type Name = string | Readonly<Record<Locale, string>>;

export interface Limit {
  readonly most: number;
  readonly counting: "characters" | "weighted" | "bytes" | "graphemes";
  readonly soft?: boolean;
  readonly links?: readonly string[];
}

/** One file of shared/platforms; the schema there says what each field means. */
export interface Platform {
  readonly id: string;
  readonly name: Name;
  readonly matches?: Selectors;
  readonly exclude_paths?: Selectors;
  readonly feature?: string;
  readonly generic?: boolean;
  readonly read_only?: boolean;
  readonly rules?: readonly string[];
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
    /** What the site writes before its own translation, and before the text as the customer wrote it. */
    readonly translation?: { readonly translated: readonly string[]; readonly original: readonly string[] };
  };
}

const written = generated as unknown as readonly Platform[];
const generic = written.find(({ id }) => id === "generic") as Platform;
/** Where a site's own structure has no source, it is read as any other site is. */
export const platforms: readonly Platform[] = written.map((one) => (one.generic ? { ...one, ...readAnyhow(one) } : one));
/** Sites of which nobody could see the reply box, and all others without a file of their own. */
export const isReadAnyhow = ({ id, generic: anyhow }: Platform): boolean => anyhow === true || id === generic.id;

/** Read along from the first day. Where only a guess can be made, or nothing is written, the user switches it on and gives the permission then. */
export const isOnAtFirst = (platform: Platform): boolean =>
  !isReadAnyhow(platform) && !platform.read_only && platform.matches !== undefined;
export const platformMatches = platforms.filter((one) => isOnAtFirst(one)).flatMap(({ matches }) => matches ?? []);

/** A place that can be switched on or off: a known platform with all its hosts, or one other host. */
export interface Site {
  /** Key in the settings. */
  readonly id: string;
  readonly label: Name;
  readonly platform: Platform;
}

/** Say which site a page belongs to; null where a browser lets no extension in or nothing public is written. */
export function siteOf(address: string): Site | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const platform = platforms.find(({ matches }) => matches?.some((pattern) => fits(pattern, url)));
  if (!platform) return { id: url.hostname, label: url.hostname, platform: generic };
  if (platform.exclude_paths?.some((path) => url.pathname.startsWith(path))) return null;
  // What the user switches on is one host, as for a site that nobody knows.
  return { id: isOnAtFirst(platform) ? platform.id : url.hostname, label: platform.name, platform };
}

/** What a key in the settings is called on screen. */
export const siteLabel = (id: string, locale: Locale): string =>
  named(platforms.find((platform) => platform.id === id)?.name ?? id, locale);

export const named = (name: Name, locale: Locale): string => (typeof name === "string" ? name : name[locale]);

/** The site as its page shows it: software that runs on many hosts is known by an element of its own. */
export function siteOn(page: Document): Site | null {
  const site = siteOf(addressOf(page));
  if (site?.platform.id !== "generic") return site;
  const platform = platforms.find(({ feature }) => feature && page.querySelector(feature));
  return platform ? { ...site, platform } : site;
}

function readAnyhow({ editor, submit, complaint }: Platform): Pick<Platform, "editor" | "submit" | "complaint"> {
  return { editor: editor ?? generic.editor, submit: submit ?? generic.submit, complaint: complaint ?? generic.complaint };
}

function fits(pattern: string, url: URL): boolean {
  const [, scheme, host, path] = /^(https?):\/\/([^/]+)(\/.*)$/.exec(pattern) ?? [];
  if (!scheme || !host || !path || url.protocol !== `${scheme}:`) return false;
  const hostFits = host.startsWith("*.") ? url.hostname === host.slice(2) || url.hostname.endsWith(host.slice(1)) : url.hostname === host;
  const shape = path.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return hostFits && new RegExp(`^${shape.join(".*")}$`).test(url.pathname);
}
