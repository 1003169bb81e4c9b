import { browser } from "wxt/browser";

export interface TokenStore {
  load(): Promise<string | null>;
  keep(token: string): Promise<void>;
  forget(): Promise<void>;
}

const KEY = "pairing";

/** Apart from the settings, so that no code outside this folder ever holds it. */
export const storedToken: TokenStore = {
  async load() {
    const stored = (await browser.storage.local.get(KEY))[KEY];
    return typeof stored === "string" ? stored : null;
  },
  keep: (token) => browser.storage.local.set({ [KEY]: token }),
  forget: () => browser.storage.local.remove(KEY),
};
