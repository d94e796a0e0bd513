// Makes the README's pictures from the release site itself: a cut, with both rules telling of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

import { Compare } from "./page.mjs";
import { findChromium, freePort, SUB_PATH } from "./place.mjs";

/** Seconds of virtual time at which both sides have two leaders and something to say. */
const MOMENT = 1.35;
/** What a README should ask of a reader's connection, in bytes. */
const LIMIT = 300_000;

const images = fileURLToPath(new URL("../images/", import.meta.url));

const pictures = [
  { name: "compare.png", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { name: "compare-dark.png", viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  { name: "phone.png", viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true },
];

async function take(browser, site, { name, ...options }) {
  const page = await browser.newPage({ baseURL: site, ...options });
  const whitewater = new Compare(page);
  await whitewater.open();
  await whitewater.choose("A cut, two against three");
  // Only as far as the story goes, so that the timeline has no empty end.
  await whitewater.playTo(2.75, 8);
  await whitewater.seek(MOMENT);
  // The river runs out over the stages when a cut is drawn: the picture shows it at rest.
  await page.emulateMedia({ colorScheme: options.colorScheme, reducedMotion: "reduce" });
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
  await whitewater.frames(2);
  await whitewater.still();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${images}${name}`, animations: "disabled" });
  await page.close();
  const { size } = await stat(`${images}${name}`);
  console.log(`${name}: ${Math.round(size / 1000)} kB`);
  if (size > LIMIT) throw new Error(`${name} is larger than ${LIMIT / 1000} kB.`);
}

const port = String(await freePort());
const server = spawn(process.execPath, [fileURLToPath(new URL("server.mjs", import.meta.url))], {
  env: { ...process.env, WHITEWATER_E2E_PORT: port },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  await once(server.stdout, "data");
  await mkdir(images, { recursive: true });
  const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });
  for (const picture of pictures) await take(browser, `http://127.0.0.1:${port}${SUB_PATH}`, picture);
  await browser.close();
} finally {
  server.kill();
}
