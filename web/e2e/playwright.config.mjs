import { defineConfig } from "@playwright/test";

import { findChromium, freePort, SUB_PATH } from "./place.mjs";

// Every worker reads this file anew, and they must all agree on the port.
process.env.WHITEWATER_E2E_PORT ??= String(await freePort());
const origin = `http://127.0.0.1:${process.env.WHITEWATER_E2E_PORT}`;

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.mjs",
  outputDir: "results",
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  // A picture that is missing is a failure, not a reason to make one.
  updateSnapshots: "none",
  reporter: "list",
  timeout: 60_000,
  // The simulation is deterministic: a test that fails once has something to tell.
  retries: 0,
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  use: {
    // What a person waits for is there at once; a press that finds nothing need not use up the test.
    actionTimeout: 10_000,
    baseURL: `${origin}${SUB_PATH}`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: findChromium(),
      args: [
        // CI runs as root in a container, where Chromium's own sandbox cannot start.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: "node server.mjs",
    cwd: import.meta.dirname,
    url: `${origin}${SUB_PATH}`,
    reuseExistingServer: false,
  },
});
