// What am I looking at? Every mark with its meaning, a press away.
import { expect, test } from "./page.mjs";

const screens = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 360, height: 640 },
];

for (const viewport of screens) {
  test.describe(`${viewport.width}×${viewport.height}`, () => {
    test.use({ viewport });

    test("the way to it is on the first screen, and it says what each mark is", async ({ page, cluster }) => {
      const way = cluster.legend.first();
      await expect(way).toBeInViewport({ ratio: 1 });
      await way.click();
      await expect(cluster.dialog).toHaveAccessibleName("What am I looking at?");
      const entries = cluster.dialog.getByRole("listitem");
      for (const word of ["disc", "arc", "crown", "colour", "dashed hexagon", "Dotted", "cell", "river", "client", "Hatched", "tail"]) {
        await expect(entries.filter({ hasText: word }), word).not.toHaveCount(0);
      }
      // Each has a mark that can be seen, and none is cut off by its frame.
      const marks = await cluster.dialog.locator(".mark").evaluateAll((all) =>
        all.map((mark) => {
          const box = mark.getBoundingClientRect();
          const pieces = [...mark.querySelectorAll("circle, path, rect, ellipse, text, i, path")].map((it) => it.getBoundingClientRect());
          const seen = pieces.filter(({ width, height }) => width + height > 0);
          const inside = seen.every((it) => it.left >= box.left - 8 && it.right <= box.right + 8);
          return { name: mark.nextSibling.textContent, ok: seen.length > 0 && inside };
        }),
      );
      expect(marks.length).toBe(await entries.count());
      expect(marks.filter(({ ok }) => !ok)).toEqual([]);
      const wider = await cluster.dialog.evaluate((it) => it.scrollWidth - it.clientWidth);
      expect(wider).toBe(0);
      await page.keyboard.press("Escape");
      await expect(cluster.dialog).toHaveCount(0);
      await expect(way).toBeFocused();
    });
  });
}

test("time stands while one reads, and goes on after", async ({ page, cluster }) => {
  await cluster.play();
  await cluster.legend.first().click();
  await expect(cluster.dialog).toBeVisible();
  await cluster.still();
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-still]")).toHaveCount(0);
});

test("a leader has in the legend the crown that it has on the stage", async ({ page, cluster }) => {
  await cluster.playTo(0.5);
  const stage = await cluster.side.leaders.locator(".crown").getAttribute("d");
  await cluster.legend.first().click();
  await expect(cluster.dialog.locator(".crown")).toHaveAttribute("d", stage);
  const fill = (place) => place.locator(".leader circle.disc").evaluate((it) => getComputedStyle(it).fill);
  expect(await fill(cluster.dialog)).toBe(await fill(cluster.side.stage));
  await page.keyboard.press("Escape");
});
