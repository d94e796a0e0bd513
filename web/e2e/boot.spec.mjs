// What stands on the page when the app does not: it is never blank, and says what to do.
import { expect, expectAccessible, test } from "./fixtures.mjs";

test.use({ mayComplain: true });

const report = (page) => page.getByLabel("Report");

test("counts the bytes while it loads", async ({ page }) => {
  // Holding back the wasm leaves the loading screen standing for as long as it is looked at.
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*_bg.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("./");
  await expect(page.getByText("Loading the playground")).toBeVisible();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expectAccessible(page);
  // Seen from inside the page: between the last byte and the app lies less than a poll.
  await page.evaluate(() => {
    window.seen = [];
    const words = document.getElementById("boot-bytes");
    new MutationObserver(() => window.seen.push(words.textContent)).observe(words, {
      childList: true,
    });
  });
  release();
  await expect(page.locator(".loading")).toHaveCount(0);
  const seen = await page.evaluate(() => window.seen);
  expect(seen.at(-1)).toMatch(/^(?<all>[\d,]+ kB) of \k<all>$/);
});

test("names a file that is missing", async ({ page }) => {
  await page.route("**/*_bg.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("./");
  await expect(page.getByRole("heading", { name: "Whitewater cannot start" })).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("_bg.wasm is missing");
  await expect(report(page)).toContainText("Browser:");
  await expectAccessible(page);
});

test("names a site that answers everything with its front page", async ({ page }) => {
  await page.route("**/*_bg.wasm", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
  );
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("a page instead");
});

test("names a glue that is missing", async ({ page }) => {
  await page.route("**/web-*.js", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
});

test("names a browser without WebAssembly", async ({ page }) => {
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("does not run WebAssembly");
});

test("shows a panic of the app, with a report to copy", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("./");
  await expect(page.locator(".loading")).toHaveCount(0);
  await page.evaluate(() =>
    dispatchEvent(new CustomEvent("whitewater:crash", { detail: "panicked at the test" })),
  );
  await expect(page.getByRole("heading", { name: "Whitewater has stopped" })).toBeFocused();
  await expect(report(page)).toContainText("panicked at the test");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Copy the report" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("panicked at the test");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.locator(".crash")).toHaveCount(0);
});

test("a stray script error does not take a running app down", async ({ page }) => {
  await page.goto("./");
  await expect(page.locator(".loading")).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new Error("stray") })));
  await expect(page.locator(".crash")).toHaveCount(0);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("says that it needs them", async ({ page }) => {
    await page.goto("./");
    await expect(page.getByRole("heading", { name: "needs JavaScript" })).toBeVisible();
    await expect(page.getByText("Loading the playground")).toBeHidden();
  });
});
