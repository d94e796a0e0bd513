// The list of keys: every key that it names is pressed, and does what it says.
import { expectAccessible } from "./fixtures.mjs";
import { expect, test } from "./page.mjs";

const dialog = (page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });

/** Every line of the list: where, what, and the keys as the browser calls them. */
async function listed(page) {
  await page.keyboard.press("?");
  await expect(dialog(page)).toBeVisible();
  const rows = await dialog(page).evaluate((list) =>
    [...list.querySelectorAll("section")].flatMap((section) =>
      [...section.querySelectorAll("dl > div")].map((row) => ({
        place: section.querySelector("h3").textContent,
        what: row.querySelector("dt").textContent,
        keys: [...row.querySelectorAll("[data-key]")].map((chord) => chord.dataset.key),
      })),
    ),
  );
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  return rows;
}

/** What a key is to Playwright, which presses the space bar by its name. */
const pressed = (key) => (key === " " ? "Space" : key);

/** Each of these begins where its key has something to do, presses it, and sees that. */
const acts = {
  "Everywhere: Play or pause": async ({ cluster }, press) => {
    await press();
    await expect(cluster.playing).toBeVisible();
    await press();
    await expect(cluster.paused).toBeVisible();
  },
  "Everywhere: One event forward": (it, press) => steps(it, press, 1),
  "Everywhere: One event back": (it, press) => steps(it, press, -1),
  "Everywhere: Next milestone": async ({ cluster, reached }, press) => {
    await cluster.seek(0);
    await cluster.time.blur();
    await press();
    await expect(reached).toContainText("calls an election");
  },
  "Everywhere: Previous milestone": async ({ cluster, reached }, press) => {
    await cluster.seek(1);
    await press();
    await expect(reached).toContainText("becomes the leader");
  },
  "Everywhere: To the start": async ({ cluster }, press) => {
    await cluster.seek(0.5);
    await cluster.time.blur();
    await press();
    await cluster.expectAt(0);
  },
  "Everywhere: To the furthest moment played": async ({ cluster }, press) => {
    await cluster.seek(0.5);
    await cluster.time.blur();
    const furthest = Number(await cluster.time.getAttribute("max")) / 1e6;
    await press();
    await expect.poll(() => cluster.at()).toBeCloseTo(furthest, 2);
  },
  "Everywhere: Faster": (it, press) => speeds(it, press, "1/20×", "10×"),
  "Everywhere: Slower": (it, press) => speeds(it, press, "1/100×", "1/1000×"),
  "Everywhere: This list": async ({ page }, press) => {
    await press();
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.press("Escape");
  },
  "Everywhere: Close what is open": async ({ page, cluster }, press) => {
    await cluster.do(cluster.side, "C", "Look inside");
    const inspector = page.getByRole("complementary", { name: /C/ });
    await expect(inspector).toBeVisible();
    await press();
    await expect(inspector).toHaveCount(0);
  },
  "On a node or a message: Open its menu": async ({ page, cluster }, press) => {
    await cluster.side.node("C").focus();
    await press();
    await expect(cluster.dialog).toHaveAccessibleName("Node C");
    await page.keyboard.press("Escape");
    await expect(cluster.dialog).toHaveCount(0);
  },
  "On a message, while time stands: Next message": (it, press) => messages(it, press, 1),
  "On a message, while time stands: Previous message": (it, press) => messages(it, press, -1),
  "On a marker of the timeline: Next marker": (it, press) => markers(it, press, [0, 0], [0, 1]),
  "On a marker of the timeline: Previous marker": (it, press) => markers(it, press, [0, 1], [0, 0]),
  "On a marker of the timeline: Nearest marker above": (it, press) => markers(it, press, [1, 0], [0, "nearest"]),
  "On a marker of the timeline: Nearest marker below": (it, press) => markers(it, press, [0, -1], [1, "nearest"]),
  "On a marker of the timeline: First marker of the row": (it, press) => markers(it, press, [0, -1], [0, 0]),
  "On a marker of the timeline: Last marker of the row": (it, press) => markers(it, press, [0, 0], [0, -1]),
  "On a marker of the timeline: Hide its tip": async ({ page }, press) => {
    const marker = rows(page).first().getByRole("button").first();
    await marker.focus();
    const tip = () => marker.evaluate((it) => getComputedStyle(it, "::after").content);
    await page.keyboard.press("Home");
    expect(await tip()).toContain(" s: ");
    await press();
    expect(await tip()).toBe("none");
  },
  "On a branch: Next branch": (it, press) => branches(it, press, 0, 1),
  "On a branch: Previous branch": (it, press) => branches(it, press, 1, 0),
  "On a branch: First branch": (it, press) => branches(it, press, -1, 0),
  "On a branch: Last branch": (it, press) => branches(it, press, 0, -1),
};

async function steps({ cluster }, press, count) {
  await cluster.seek(0.5);
  await cluster.time.blur();
  const before = await cluster.events();
  await press();
  await expect.poll(() => cluster.events()).toBe(before + count);
}

async function speeds({ page, cluster }, press, first, last) {
  await cluster.speed.fill("4");
  const shown = page.locator("output");
  await press();
  await expect(shown).toHaveText(first);
  for (let more = 0; more < 12; more += 1) await press();
  await expect(shown).toHaveText(last);
}

async function messages({ cluster }, press, step) {
  await cluster.seek(0.02);
  const all = cluster.side.stage.locator("[data-message][tabindex]:not([display=none])");
  while ((await all.count()) < 2) await cluster.step(1);
  const elements = await all.elementHandles();
  await elements[1].focus();
  await press();
  const goal = elements.at((1 + step) % elements.length);
  expect(await goal.evaluate((it) => it === document.activeElement)).toBe(true);
}

const rows = (page) => page.getByRole("group", { name: /^Markers: / });

async function markers({ page, cluster }, press, from, to) {
  await cluster.seek(1.2);
  const marker = ([row, place]) => rows(page).nth(row).getByRole("button").nth(place);
  const middle = async (it) => {
    const { x, width } = await it.boundingBox();
    return x + width / 2;
  };
  let goal = to;
  if (to[1] === "nearest") {
    const here = await middle(marker(from));
    const all = await rows(page).nth(to[0]).getByRole("button").all();
    const far = await Promise.all(all.map(async (it) => Math.abs((await middle(it)) - here)));
    goal = [to[0], far.indexOf(Math.min(...far))];
  }
  await marker(from).focus();
  await press();
  await expect(marker(goal)).toBeFocused();
}

async function branches({ page, cluster }, press, from, to) {
  await cluster.seek(1.2);
  const all = page.getByRole("group", { name: "Branches" }).getByRole("button");
  await all.nth(from).focus();
  await press();
  await expect(all.nth(to)).toBeFocused();
}

test("every key of the list does what it says", async ({ page, cluster }) => {
  test.slow();
  // Something of everything: branches, markers, a run to go back and forth in.
  await cluster.seek(1.3);
  for (const at of [1.3, 1.1, 1]) {
    await cluster.seek(at);
    await cluster.tool("Stop the leader").click();
    await cluster.still();
    await cluster.playTo(at + 0.2);
  }
  const reached = page.locator(".transport [role=status]");
  const list = await listed(page);
  expect(list.map(({ place, what }) => `${place}: ${what}`)).toEqual(Object.keys(acts));
  for (const { place, what, keys } of list) {
    for (const key of keys) {
      await test.step(`${place}, ${key}: ${what}`, async () => {
        await acts[`${place}: ${what}`]({ page, cluster, reached }, () => page.keyboard.press(pressed(key)));
        await cluster.still();
      });
    }
  }
});

test("a button opens the list, which all can read", async ({ page, cluster }) => {
  await cluster.button("Keyboard shortcuts").click();
  await expect(dialog(page)).toBeVisible();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, "dialog");
  }
  await page.keyboard.press("Escape");
  await expect(cluster.button("Keyboard shortcuts")).toBeFocused();
});

test("sliders keep the keys that move them", async ({ page, cluster }) => {
  await cluster.seek(0.5);
  await cluster.speed.press("Home");
  await expect(page.locator("output")).toHaveText("1/1000×");
  await cluster.expectAt(0.5);
  await cluster.time.press("ArrowRight");
  await cluster.expectAt(0.501);
});

test("keys of a single character can be switched off", async ({ page, cluster }) => {
  await cluster.seek(0.5);
  await cluster.time.blur();
  const work = cluster.dialog.getByRole("switch", { name: "Keys of a single character work" });
  await cluster.button("Keyboard shortcuts").click();
  await expect(work).toBeChecked();
  await work.click();
  await expect(work).not.toBeChecked();
  await page.keyboard.press("Escape");
  await expect(cluster.dialog).toHaveCount(0);
  const start = await cluster.events();
  for (const key of [".", ",", "+", "?"]) await page.keyboard.press(key);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => cluster.events()).toBe(start + 1);
  await expect(cluster.dialog).toHaveCount(0);
  await expect(page.locator("output")).toHaveText("1/50×");
});
