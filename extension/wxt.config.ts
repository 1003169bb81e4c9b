import { defineConfig } from "wxt";

/** Public half of a key that nobody needs any more: it only fixes the extension's id, which the companion knows by name. */
const KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhIK1FzQ22Au6TrBvJ2uNTST6WJQmnNDTbgbS428hIl+/R5B6MgAMSyHny1t5Q1KL9RiUmy6RBg7knXZfxZ0b7GOZAcx0d8jbLkV6lp/dnBgKYUSswSrdCtthrW7RxhDvynH5kxAT7okzzBzpflU7R54nN4L9Q6S9xKKToiZA8UYv/wi15lWhS65OValSjT0lZnM8wrNKOnaDsCvrDhCEsJPrJ1lJmAfE2S3N4Xmdrk/MLsSaXil+dMD8NDKYq+NHjsiGaGPBNPyWgOkl3yrlCgnPA7mF3ZbwEIJaV43840zmfoDDoFb49w6RdmQ4RDSc7LPSCCUAHMfxTHSkI13t7QIDAQAB";

export default defineConfig({
  srcDir: "src",
  imports: false,
  targetBrowsers: ["chrome", "firefox"],
  outDirTemplate: "{{browser}}-mv{{manifestVersion}}",
  zip: { artifactTemplate: "{{name}}-{{version}}-{{browser}}.zip", zipSources: false },
  vite: () => ({ build: { target: ["chrome120", "firefox142"] } }),
  manifest: ({ browser }) => ({
    name: "Meelezer",
    description: "__MSG_description__",
    default_locale: "en",
    permissions: ["activeTab", "contextMenus", "scripting", "storage"],
    host_permissions: ["http://127.0.0.1/*"],
    optional_host_permissions: ["https://*/*", "http://*/*"],
    commands: { "open-panel": { suggested_key: { default: "Alt+M" }, description: "__MSG_command_open_panel__" } },
    ...(browser === "firefox"
      ? {
          browser_specific_settings: {
            gecko: { id: "meelezer@meelezer.example", strict_min_version: "142.0", data_collection_permissions: { required: ["none"] } },
          },
        }
      : { key: KEY, minimum_chrome_version: "120" }),
  }),
});
