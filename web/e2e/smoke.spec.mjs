// The release site under a sub-path of a host: it comes up, and complains of nothing.
import { expect, test } from "./fixtures.mjs";

// P5.
test("mounts under a sub-path", async ({ page }) => {
  await page.goto("./");
  await expect(page.locator("#whitewater .loading")).toHaveCount(0);
  await expect(page.getByRole("main")).toHaveCount(1);
});
