// The first minute: something to read before the app is here, which stays the largest paint; then one thing to do.
import { expect, expectAccessible, test } from "./fixtures.mjs";
import { Compare, Play } from "./page.mjs";

const screens = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 360, height: 640 },
];

/** Notes what is painted largest, and how far things jump, from the first moment on. */
function watchPaints(page) {
  return page.addInitScript(() => {
    window.largest = [];
    window.jumped = 0;
    const watch = (type, note) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch("largest-contentful-paint", ({ size, element }) => window.largest.push({ size, text: element?.textContent ?? "" }));
    watch("layout-shift", ({ value }) => (window.jumped += value));
  });
}

/** What the page's HTML says by itself. */
const welcome = "Five computers must agree";

for (const viewport of screens) {
  test.describe(`${viewport.width}×${viewport.height}`, () => {
    test.use({ viewport });

    for (const [name, kind] of [
      ["play", Play],
      ["compare", Compare],
    ]) {
      test(`the largest paint of ${name} is the sentence in the HTML, and nothing jumps`, async ({ page }) => {
        await watchPaints(page);
        await page.goto(`./#${name}`);
        const whitewater = new kind(page);
        await expect(whitewater.playing).toBeVisible();
        // Until somebody leads: by then every kind of caption of a beginning was told.
        await expect(whitewater.sides[0].leaders).toHaveCount(1, { timeout: 30_000 });
        await whitewater.frames(2);
        const { largest, jumped } = await page.evaluate(() => ({ largest: window.largest, jumped: window.jumped }));
        // The HTML may come in pieces, its title first.
        expect(largest.at(-1).text).toContain(welcome);
        expect(jumped).toBeLessThanOrEqual(0.02);
      });
    }

    test("the ring stands before the app where it will stand with it", async ({ page }) => {
      let release;
      const held = new Promise((resolve) => (release = resolve));
      await page.route("**/*_bg.wasm", async (route) => {
        await held;
        await route.continue();
      });
      await page.goto("./#play&paused");
      await expect(page.getByRole("heading", { name: "Whitewater" })).toBeVisible();
      await expect(page.getByText(welcome)).toBeInViewport();
      await expectAccessible(page);
      const still = await page.locator(".loading .orbit").boundingBox();
      release();
      const play = new Play(page);
      await expect(play.side.nodes).toHaveCount(5);
      await play.still();
      const drawn = await page.locator("#whitewater .orbit").boundingBox();
      const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
      const [from, to] = [middle(still), middle(drawn)];
      expect(Math.hypot(from[0] - to[0], from[1] - to[1])).toBeLessThan(12);
      expect(Math.abs(still.width - drawn.width)).toBeLessThan(24);
    });

    test("as soon as somebody leads, one is invited to stop it", async ({ page }) => {
      await page.goto("./");
      const play = new Play(page);
      await expect(play.playing).toBeVisible();
      const stop = play.tool("Stop the leader");
      const leader = await play.side.leader();
      await expect(stop).toHaveAccessibleDescription(new RegExp(`^${leader} leads\\. Stop it`));
      await expect(stop).toBeInViewport({ ratio: 1 });
      await expect(page.getByText(`${leader} leads. Stop it`)).toBeInViewport({ ratio: 1 });
      await stop.click();
      await expect(play.side.node(leader)).toHaveAccessibleName(/, stopped$/);
      await expect(stop).toHaveAccessibleDescription("");
    });
  });
}

test("who chose another scenario is not told what to do", async ({ page }) => {
  const play = new Play(page);
  await play.open();
  await play.playTo(0.5);
  await expect(play.tool("Stop the leader")).toHaveAccessibleDescription(/leads/);
  await play.choose("A cut, two against three");
  await play.seek(0.5);
  await expect(play.side.leaders).toHaveCount(1);
  await expect(play.tool("Stop the leader")).toHaveAccessibleDescription("");
});

test("with less motion it stands, and play is the thing to press", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("./");
  const play = new Play(page);
  await expect(play.paused).toBeVisible();
  await expect(play.tool("Stop the leader")).toHaveAccessibleDescription("");
});
