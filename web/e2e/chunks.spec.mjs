// What lies behind a dialog arrives after the page: when it is asked for, or when the page is idle.
import { expect, expectAccessible, test } from "./fixtures.mjs";
import { Whitewater } from "./page.mjs";

const DIALOGS = "**/*_dialogs.wasm";

test.describe("on a slow network", () => {
  test("a dialog opens at once, and its body follows", async ({ page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route(DIALOGS, async (route) => {
      await held;
      await route.continue();
    });
    const whitewater = new Whitewater(page);
    await whitewater.open();
    await whitewater.water.click();
    await expect(whitewater.dialog).toHaveAccessibleName("Rough water");
    await expect(whitewater.dialog.getByRole("status")).toHaveText("On its way…");
    await expectAccessible(page);
    release();
    await expect(whitewater.fault("Loss")).toBeVisible();
    await expect(whitewater.dialog.getByRole("status")).toHaveCount(0);
  });
});

test.describe("where a chunk is missing", () => {
  test.use({ mayComplain: true });

  test("it can be asked for again", async ({ page }) => {
    await page.route(DIALOGS, (route) => route.fulfill({ status: 404, body: "" }));
    const whitewater = new Whitewater(page);
    await whitewater.open();
    await whitewater.water.click();
    await expect(whitewater.dialog.getByRole("status")).toContainText("could not be fetched");
    await expectAccessible(page);
    const again = whitewater.dialog.getByRole("button", { name: "Try again" });
    await again.click();
    await expect(again).toBeVisible();
    await page.unroute(DIALOGS);
    await again.click();
    await expect(whitewater.fault("Loss")).toBeVisible();
    await expect(page.locator(".crash")).toHaveCount(0);
  });

  test("a site that answers with its front page is told from one that answers", async ({ page }) => {
    await page.route(DIALOGS, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    const whitewater = new Whitewater(page);
    await whitewater.open();
    await whitewater.tool("Cut…").click();
    await expect(whitewater.dialog.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});

test("an idle page fetches each chunk once, and none is asked for later", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("_").at(-1)));
  const whitewater = new Whitewater(page);
  await whitewater.open();
  await whitewater.whole();
  const chunks = asked.filter((name) => name.endsWith(".wasm") && name !== "bg.wasm");
  expect(chunks).toContain("dialogs.wasm");
  expect(new Set(chunks).size).toBe(chunks.length);
  const before = asked.length;
  await whitewater.water.click();
  await expect(whitewater.fault("Loss")).toBeVisible();
  expect(asked.length).toBe(before);
});
