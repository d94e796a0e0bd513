// What lies behind a dialog arrives after the page: when it is asked for, or when the page is idle.
import { expect, expectAccessible, test } from "./fixtures.mjs";
import { Compare, Play, Whitewater } from "./page.mjs";

const DIALOGS = "**/*_dialogs.wasm";
const OLDEST = "**/*_almighty.wasm";
const PRESETS = "**/*_presets.wasm";
const ANY = /_(?!bg\b)\w+\.wasm$/;

const onItsWay = (page) => page.getByRole("status").filter({ hasText: "On its way" });
const protocolOf = (page) => page.getByRole("combobox", { name: "Protocol of the first side" });

/** Keeps what is asked for from arriving until it is released. */
async function hold(page, files) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(files, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

test.describe("on a slow network", () => {
  test("a dialog opens at once, and its body follows", async ({ page }) => {
    const release = await hold(page, DIALOGS);
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

  test("another protocol is played when what plays it is here", async ({ page }) => {
    const release = await hold(page, OLDEST);
    const play = new Play(page);
    await play.open();
    await protocolOf(page).selectOption("Oldest peer");
    await expect(onItsWay(page)).toBeVisible();
    await expectAccessible(page);
    await expect(play.side.nodes).toHaveCount(5);
    release();
    const oldest = new Play(page, "Oldest peer");
    await expect(oldest.side.nodes).toHaveCount(5);
    await expect(onItsWay(page)).toHaveCount(0);
  });

  test("Compare's frame stands until its second side is here", async ({ page }) => {
    const release = await hold(page, OLDEST);
    await page.goto("./#compare&paused");
    await expect(page.locator("[data-building]")).toHaveCount(1);
    await expect(page.getByText("Loading the playground")).toBeVisible();
    await expectAccessible(page);
    release();
    const compare = new Compare(page);
    for (const side of compare.sides) await expect(side.nodes).toHaveCount(5);
    await expect(page.getByText("Loading the playground")).toHaveCount(0);
  });
});

test.describe("where a chunk is missing", () => {
  test.use({ mayComplain: true });

  test("the page that one lands on plays, and checks, without any", async ({ page }) => {
    await page.route(ANY, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto("./");
    const play = new Play(page);
    await expect.poll(() => play.side.measure("Messages sent")).toBeGreaterThan(0);
    await expect(page.getByRole("button", { name: /checks hold|checks? waits?/ })).toBeVisible();
    await expect(play.side.leaders).toHaveCount(1);
    await expect(play.side.caption).toContainText("Why:");
    await expect(page.locator(".crash")).toHaveCount(0);
  });

  test("a protocol can be asked for again", async ({ page }) => {
    await page.route(OLDEST, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto("./#compare&paused");
    const again = page.getByRole("button", { name: "Try again" });
    await expect(again).toBeVisible();
    await expectAccessible(page);
    await again.click();
    await expect(again).toBeVisible();
    await page.unroute(OLDEST);
    await again.click();
    for (const side of new Compare(page).sides) await expect(side.nodes).toHaveCount(5);
    await expect(again).toHaveCount(0);
  });

  test("a preset that cannot be fetched leaves the run as it is", async ({ page }) => {
    await page.route(PRESETS, (route) => route.fulfill({ status: 404, body: "" }));
    const play = new Play(page);
    await play.open();
    const digest = await play.side.digest();
    await page.getByRole("button", { name: "Leader stops", exact: true }).click();
    const again = page.getByRole("button", { name: "Try again" });
    await expect(again).toBeVisible();
    expect(await play.side.digest()).toEqual(digest);
    await page.unroute(PRESETS);
    await again.click();
    await expect(again).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Leader stops", exact: true })).toHaveAttribute("aria-pressed", "true");
  });

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
