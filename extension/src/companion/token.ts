import { browser } from "wxt/browser";

/** A token for each companion: by the origin of a team's server, or null for the one on this computer. */
export interface TokenStore {
  load(server: string | null): Promise<string | null>;
  keep(server: string | null, token: string): Promise<void>;
  forget(server: string | null): Promise<void>;
}

const keyOf = (server: string | null): string => (server === null ? "pairing" : `pairing ${server}`);

/** Apart from the settings, so that no code outside this folder ever holds it. */
export const storedToken: TokenStore = {
  async load(server) {
    const key = keyOf(server);
    const stored = (await browser.storage.local.get(key))[key];
    return typeof stored === "string" ? stored : null;
  },
  keep: (server, token) => browser.storage.local.set({ [keyOf(server)]: token }),
  forget: (server) => browser.storage.local.remove(keyOf(server)),
};
