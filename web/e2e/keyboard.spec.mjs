// The keys that work everywhere, and the places where they mean something else.
import { expect, test } from "./page.mjs";

test("space plays and pauses", async ({ page, whitewater }) => {
  await page.keyboard.press("Space");
  await expect(whitewater.playing).toBeVisible();
  await page.keyboard.press("Space");
  await expect(whitewater.paused).toBeVisible();
});

test("comma, full stop and the arrows step", async ({ page, whitewater }) => {
  await whitewater.seek(0.5);
  // The slider has the focus now, and takes the arrows for itself.
  await whitewater.time.blur();
  const start = await whitewater.events();
  const presses = [[".", 1], ["ArrowRight", 2], [",", 1], ["ArrowLeft", 0], ["ArrowLeft", -1]];
  for (const [key, events] of presses) {
    await page.keyboard.press(key);
    await expect.poll(() => whitewater.events()).toBe(start + events);
  }
});

test("a modifier makes it somebody else's key", async ({ page, whitewater }) => {
  await whitewater.seek(0.5);
  const start = await whitewater.events();
  await page.keyboard.press("Control+.");
  await page.keyboard.press("Meta+,");
  await page.keyboard.press("Control+Space");
  await page.keyboard.press(".");
  await expect.poll(() => whitewater.events()).toBe(start + 1);
  await expect(whitewater.paused).toBeVisible();
});

test("none works while somebody types", async ({ page, whitewater }) => {
  await whitewater.seek(0.5);
  const digests = await whitewater.digests();
  const fields = [whitewater.seed, whitewater.tools.getByRole("spinbutton"), whitewater.scenario];
  for (const field of fields) {
    await field.focus();
    for (const key of [".", ",", "ArrowLeft"]) await page.keyboard.press(key);
  }
  await whitewater.seed.focus();
  await page.keyboard.press("Space");
  expect(await whitewater.digests()).toEqual(digests);
  await expect(whitewater.paused).toBeVisible();
  // Nor with a dialog open, which has the keyboard to itself.
  await whitewater.menu(whitewater.raft, "C");
  for (const key of [".", ",", "ArrowLeft"]) await page.keyboard.press(key);
  await page.keyboard.press("Escape");
  expect(await whitewater.digests()).toEqual(digests);
});

test("everything can be reached with Tab, in reading order", async ({ page, whitewater }) => {
  await expect(whitewater.paused).toBeVisible();
  const reached = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === document.body) return null;
      return at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
    });
    if (name === null) break;
    reached.push(name.trim());
  }
  // A link to a page may have the name of a button: the button comes later.
  const place = (pattern) => reached.findLastIndex((name) => pattern.test(name));
  const order = [
    [/^Compare$/, /^Scenario/, /^Open or save/, /^What am I looking at/, /^seed/],
    [/^Node A,/, /^Node E,/, /^Peer A,/, /^Peer E,/],
    [/^Time/, /^(Play|Step through)$/, /^Speed/, /^Cut…/, /^Rough water…/, /^Value to write/, /^More that can happen/],
  ].flat();
  const places = order.map(place);
  expect(places, reached.join(" · ")).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
});
