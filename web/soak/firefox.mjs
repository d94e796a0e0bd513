// A second browser, Firefox: the page comes up, plays, and complains of nothing.
import puppeteer from "puppeteer-core";

import { serve } from "./site.mjs";

const [program] = process.argv.slice(2);

/** Waits until something on the page is so, or says what did not come. */
async function until(page, what, holds) {
  await page.waitForFunction(holds, { timeout: 30_000 }).catch(() => {
    throw new Error(`In Firefox ${what} did not come within 30 seconds.`);
  });
  console.log(`${what}: yes`);
}

const site = await serve();
const browser = await puppeteer.launch({ browser: "firefox", executablePath: program, headless: true });
const complaints = [];
try {
  const page = await browser.newPage();
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`no answer: ${request.url()}`));
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(site.address);
  await until(page, "a node that can be pressed", () => document.querySelector('[role="button"][aria-label]'));
  await page.locator('aria/Play[role="button"]').click();
  await until(page, "a leader", () => {
    const nodes = [...document.querySelectorAll('svg [role="button"]')];
    return nodes.some((node) => /, leader,/.test(node.getAttribute("aria-label") ?? ""));
  });
  await page.keyboard.press(" ");
  await until(page, "a run that stands still", () => document.querySelector("[data-still]"));
} finally {
  await browser.close();
  site.close();
}
if (complaints.length > 0) {
  console.error(`Firefox complains: ${complaints.join("; ")}`);
  process.exitCode = 1;
}
