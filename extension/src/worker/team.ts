import { browser } from "wxt/browser";
import type { CompanionClient } from "../companion/client";
import type { Joining } from "../companion/contract";
import { permissionFor } from "../companion/server";
import { changeSettings, loadSettings } from "../settings";
import type { Reviews } from "./reviews";

/** Goes over to a team's server and back. The permission was asked by the page that the user clicked in. */
export class Team {
  constructor(
    private readonly companion: Pick<CompanionClient, "join" | "leave">,
    private readonly reviews: Pick<Reviews, "forget">,
  ) {}

  async join(server: string, token: string): Promise<Joining> {
    const outcome = await this.companion.join(server, token);
    const { server: before } = await loadSettings();
    if (outcome.state !== "joined") {
      if (server !== before) await withdraw(server);
      return outcome;
    }
    // After the token was kept: pages ask anew as soon as they hear of the address.
    await changeSettings(() => ({ server }));
    if (before && before !== server) await this.forget(before);
    return outcome;
  }

  /** Back to this computer; nothing of the server stays. */
  async leave(): Promise<void> {
    const { server } = await loadSettings();
    await changeSettings(() => ({ server: null }));
    if (server) await this.forget(server);
  }

  private async forget(server: string): Promise<void> {
    await this.companion.leave(server);
    await this.reviews.forget(server);
    await withdraw(server);
  }
}

/** Give the permission for a server back, unless something else needs it: the companion here, or reading along on that host. */
async function withdraw(server: string): Promise<void> {
  const origin = permissionFor(server);
  const { sites } = await loadSettings();
  if (sites[new URL(server).hostname] || browser.runtime.getManifest().host_permissions?.includes(origin)) return;
  await browser.permissions.remove({ origins: [origin] }).catch(() => undefined);
}
