import messages from "./generated/messages.json";

export type Locale = keyof typeof messages;
type Texts = (typeof messages)["nl"];
type KeyOf<Table extends keyof Texts> = `${Table}.${keyof Texts[Table] & string}`;
export type TextKey = { [Table in keyof Texts]: KeyOf<Table> }[keyof Texts];
/** The part before "_one" and "_other" of a text that follows a count. */
export type CountedKey = TextKey extends infer Key ? (Key extends `${infer Stem}_other` ? Stem : never) : never;

export interface Speaker {
  readonly locale: Locale;
  say(key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  count(key: CountedKey, count: number): string;
}

export const LOCALES = ["nl", "en"] as const satisfies readonly Locale[];

/** Speak one language; a count is written the way that language writes numbers. With a team's server a text named "_team" takes the place of the usual one. */
export function speaker(locale: Locale, isTeam = false): Speaker {
  const texts: Record<string, Record<string, string>> = messages[locale];
  const numbers = new Intl.NumberFormat(locale);
  const say: Speaker["say"] = (key, values = {}) => {
    const [table, name] = key.split(".") as [string, string];
    const text = (isTeam ? texts[table]?.[`${name}_team`] : undefined) ?? texts[table]?.[name];
    if (text === undefined) throw new Error(`no text "${key}" in ${locale}`);
    return text.replaceAll(/\{(\w+)\}/g, (gap, value: string) => {
      const found = values[value];
      return found === undefined ? gap : typeof found === "number" ? numbers.format(found) : found;
    });
  };
  return { locale, say, count: (key, count) => say(`${key}_${count === 1 ? "one" : "other"}` as TextKey, { count }) };
}

/** English for English browsers, Dutch for all others: Dutch comes first here. */
export function localeFor(browserLanguage: string): Locale {
  return browserLanguage.toLowerCase().startsWith("en") ? "en" : "nl";
}

/** The name of a check for lists; a check that the extension does not know yet keeps its id. */
export function checkName(speak: Speaker, check: string): string {
  const names: Record<string, string> = messages[speak.locale].checks;
  return names[check.replaceAll("-", "_")] ?? check;
}
