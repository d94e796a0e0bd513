// A rule is switched off, a guarantee breaks, and the page says so.
import { expectAccessible } from "./fixtures.mjs";
import { expect, test } from "./page.mjs";

const RULE = /^A majority of those that answer is enough/;
const NOTICE = /^A rule is switched off: A majority of those that answer/;

async function openChecks(cluster) {
  await cluster.side.region.locator(".honest").getByRole("button").click();
  await expect(cluster.dialog).toBeVisible();
}

async function switchOff(cluster, rule) {
  await openChecks(cluster);
  await cluster.dialog.getByText("Switch a rule off…").click();
  const button = cluster.dialog.getByRole("button", { name: rule });
  const told = await button.innerText();
  await button.click();
  await expect(cluster.dialog).toHaveCount(0);
  await cluster.still();
  const [, property, at] = told.match(/Caught by “(.+)” at ([\d.]+) s/);
  return { property, at: Number(at) };
}

function story(cluster) {
  return cluster.page.getByRole("complementary", { name: "A guarantee broke" });
}

/** Plays until the run stops by itself. */
async function playOut(cluster) {
  await cluster.speed.fill(await cluster.speed.getAttribute("max"));
  await cluster.paused.click();
  await expect(story(cluster)).toBeVisible({ timeout: 30_000 });
  await expect(cluster.paused).toBeVisible();
  await cluster.still();
}

test("a rule is switched off, the run stops where it breaks, and tells who broke it", async ({ cluster }) => {
  const notice = cluster.page.getByRole("note").filter({ hasText: NOTICE });
  await expect(notice).toHaveCount(0);
  const { property, at } = await switchOff(cluster, RULE);
  await expect(notice).toBeVisible();
  await playOut(cluster);
  await cluster.expectAt(at);
  const told = story(cluster);
  await expect(told).toContainText(property);
  await expect(told).toContainText(/Broken by [A-Z] and [A-Z] at \d+\.\d{3} s, term \d+/);
  await expect(told.getByRole("listitem").first()).toBeVisible();
  await expect(cluster.news).toContainText(`${property} (Raft §5.2) was broken by`);
  await expect(cluster.side.region.getByRole("button", { name: `${property} is broken` })).toBeVisible();

  // Just before it, all holds.
  await told.getByRole("button", { name: "Just before" }).click();
  await cluster.still();
  await expect(cluster.side.region.getByRole("button", { name: /checks? holds?$/ })).toBeVisible();
  await told.getByRole("button", { name: "Go there" }).click();
  await cluster.expectAt(at);

  // The same rules, switched on again: nothing breaks there.
  await notice.getByRole("button", { name: "Switch the rule on again" }).click();
  await cluster.still();
  await expect(notice).toHaveCount(0);
  await expect(told).toHaveCount(0);
  await cluster.playPast(at + 0.1);
  await expect(cluster.side.region.getByRole("button", { name: /checks? holds?$/ })).toBeVisible();
});

test("the list of checks leads to where a check broke", async ({ cluster }) => {
  const { property, at } = await switchOff(cluster, RULE);
  await playOut(cluster);
  await openChecks(cluster);
  const check = cluster.dialog.getByRole("listitem").filter({ hasText: `${property} is broken` });
  await expect(check).toContainText(`Violated at ${at.toFixed(3)} s by`);
  await check.getByRole("button", { name: "How it came to that" }).click();
  await expect(story(cluster)).toBeFocused();

  await cluster.seek(0);
  await openChecks(cluster);
  await expect(cluster.dialog.getByText("Violated at")).toHaveCount(0);
  const safety = cluster.dialog.getByRole("listitem").filter({ hasText: property });
  await expect(safety.first()).toContainText("has held since the start");
});

test("what was done is taken back where a guarantee broke", async ({ cluster }) => {
  const { at } = await switchOff(cluster, RULE);
  await cluster.tool("Write").click();
  await cluster.still();
  await playOut(cluster);
  const back = story(cluster).getByRole("button", { name: "Take the last act back" });
  await back.click();
  await cluster.expectAt(0);
  await cluster.still();
  await expect(back).toHaveCount(0);
  await expect(cluster.side.region.getByRole("button", { name: /checks? holds?$/ })).toBeVisible();
  await playOut(cluster);
  await cluster.expectAt(at);
});

test("a rule stays off in other water, and is on again with another protocol", async ({ cluster }) => {
  await switchOff(cluster, RULE);
  await expect(cluster.scenario).toHaveValue("Where the broken rule shows");
  await cluster.choose("Calm water");
  await expect(cluster.page.getByRole("note").filter({ hasText: NOTICE })).toBeVisible();
  await cluster.page.getByRole("combobox", { name: /^Protocol/ }).selectOption("Oldest peer");
  await cluster.still();
  await expect(cluster.page.getByRole("note")).toHaveCount(0);
});

test("on two sides, the one with the broken rule says so beside its story", async ({ whitewater }) => {
  const { region } = whitewater.raft;
  await region.locator(".honest").getByRole("button").click();
  await whitewater.dialog.getByText("Switch a rule off…").click();
  await whitewater.dialog.getByRole("button", { name: RULE }).click();
  await playOut(whitewater);
  await expect(region.getByRole("note").getByText(NOTICE)).toBeVisible();
  await expect(whitewater.oldest.region.getByRole("note")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"]) {
  test(`no violation of accessibility while looking inside, ${colorScheme}`, async ({ page, cluster }) => {
    const screens = [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ];
    const accessible = async () => {
      // Half-faded words have half the contrast: what is judged is what stays.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const screen of screens) {
        await page.setViewportSize(screen);
        await cluster.frames(2);
        await cluster.still();
        await expectAccessible(page);
      }
      await page.emulateMedia({ reducedMotion: "no-preference" });
      await page.setViewportSize(screens[0]);
      await cluster.still();
    };
    await cluster.menu(cluster.side, "A");
    await cluster.dialog.getByRole("button", { name: "Look inside" }).click();
    await accessible();
    const { at } = await switchOff(cluster, RULE);
    await openChecks(cluster);
    await cluster.dialog.getByText("Switch a rule off…").click();
    await accessible();
    await cluster.dialog.getByRole("button", { name: "Close" }).click();
    await playOut(cluster);
    await expect(story(cluster)).toBeVisible();
    await cluster.expectAt(at);
    await accessible();
  });
}
