// The `test` that every spec uses: its pages may not complain, nor talk to anyone but their host.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { test as base, expect } from "@playwright/test";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Notes what a page of this context should not have done. */
function watch(context, origin, complaints) {
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console error: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`page error: ${error.error()}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    const local = url.protocol === "data:" || url.protocol === "blob:";
    if (!local && url.origin !== origin) complaints.push(`left the origin: ${request.url()}`);
  });
}

export const test = base.extend({
  /** Set by `test.use` where a page is meant to complain, as a crash screen's is. */
  mayComplain: [false, { option: true }],

  /** What went wrong so far, one sentence each; not empty at the end fails the test. */
  complaints: [
    async ({ context, baseURL, mayComplain }, use) => {
      const complaints = [];
      watch(context, new URL(baseURL).origin, complaints);
      await use(complaints);
      if (!mayComplain) expect(complaints, "the page complained").toEqual([]);
    },
    { auto: true },
  ],
});

/** Expects a page, or a part of it, to have no violation that axe-core can find. */
export async function expectAccessible(page, selector) {
  // What fades in has its colours only at the end; what is not drawn may never come to one.
  await page.evaluate(() => {
    const ends = document.getAnimations().map(({ finished }) => finished);
    return Promise.race([Promise.allSettled(ends), new Promise((done) => setTimeout(done, 1000))]);
  });
  // Evaluated through the debugger, which the page's Content-Security-Policy does not bind.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate((root) => window.axe.run(root ?? document), selector);
  const told = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map((node) => node.target.join(" ")),
  }));
  expect(told, "axe-core found violations").toEqual([]);
}

export { expect };
