const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];
/** A star is a letter of a host name to `URL`, and every host to a permission. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

/** The origin of a team's server as somebody types it; null where it is none that texts may be sent to. */
export function serverFrom(typed: string): string | null {
  const address = typed.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  if (!url || !HOST.test(url.hostname) || url.href !== `${url.origin}/`) return null;
  // Without TLS everybody on the way reads along; on this computer there is no way.
  const isPrivate = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.includes(url.hostname));
  return isPrivate ? url.origin : null;
}

/** What the browser is asked permission for. Firefox knows no ports in it. */
export function permissionFor(server: string): string {
  const { protocol, hostname } = new URL(server);
  return `${protocol}//${hostname}/*`;
}
