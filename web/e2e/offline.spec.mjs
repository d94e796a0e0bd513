// Once loaded the page needs nothing and nobody: no network, no storage, no origin.
import { expect, test, Compare } from "./page.mjs";

// P5.
test("goes on without a network", async ({ context, page, whitewater }) => {
  await whitewater.whole();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await context.setOffline(true);
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(1.35);
  await expect(whitewater.oldest.leaders).toHaveCount(2);
  await whitewater.tool("Heal").click();
  await whitewater.menu(whitewater.raft, "C");
  await page.keyboard.press("Escape");
  await whitewater.button("New seed").click();
  await whitewater.expectAt(0);
  await whitewater.legend.first().click();
  await expect(whitewater.dialog.getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await whitewater.button("Switch between light and dark").click();
  await whitewater.still();
  expect(asked).toEqual([]);
});

test("remembers light or dark, and needs no storage to switch", async ({ page, whitewater }) => {
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  const given = await theme();
  await whitewater.button("Switch between light and dark").click();
  await expect.poll(theme).not.toBe(given);
  const chosen = await theme();
  await page.reload();
  await expect.poll(theme).toBe(chosen);
});

// Embedded in a course (P5).
test("runs in a sandboxed frame, where storage is forbidden", async ({ page, baseURL }) => {
  const course = new URL("../lesson.html", baseURL).href;
  await page.route(course, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><title>Lesson</title><iframe sandbox="allow-scripts" src="whitewater/#compare&paused" width="1300" height="800">',
    }),
  );
  await page.goto(course);
  const whitewater = new Compare(page.frameLocator("iframe"));
  const storage = await page.frames()[1].evaluate(() => {
    try {
      return typeof localStorage;
    } catch (error) {
      return error.name;
    }
  });
  expect(storage).toBe("SecurityError");
  await whitewater.playTo(0.8);
  await expect(whitewater.oldest.leaders).toHaveCount(1);
  await whitewater.button("Switch between light and dark").click();
  await expect(page.frameLocator("iframe").locator("html")).toHaveAttribute("data-theme", /light|dark/);
  await expect(page.frameLocator("iframe").locator(".crash")).toHaveCount(0);
});
