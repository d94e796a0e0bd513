// The settings under which a side plays its protocol.
import { expectAccessible } from "./fixtures.mjs";
import { expect, Side, test } from "./page.mjs";

/** Opens the settings of a side, by its name. */
async function open(whitewater, name) {
  await whitewater.button(`Settings of ${name}`).click();
  await expect(whitewater.dialog).toHaveAccessibleName(`Settings of ${name}`);
  await expect(whitewater.button("Play with these")).toBeVisible();
}

const field = (whitewater, name) => whitewater.dialog.getByLabel(name, { exact: true });

/** Lets a side play with these values in its fields. */
async function playWith(whitewater, name, values) {
  await open(whitewater, name);
  for (const [label, value] of Object.entries(values)) {
    const control = field(whitewater, label);
    if (typeof value === "boolean") await control.setChecked(value);
    else if ((await control.evaluate((it) => it.tagName)) === "SELECT") await control.selectOption(value);
    else await control.fill(value);
  }
  await whitewater.button("Play with these").click();
  await expect(whitewater.dialog).toHaveCount(0);
  await whitewater.expectAt(0);
  await whitewater.still();
}

async function pick(page, whitewater, side, protocol) {
  await page.getByRole("combobox", { name: `Protocol of the ${side} side` }).selectOption(protocol);
  await whitewater.still();
}

/** When somebody first asked for votes, in seconds. */
async function firstElection(page) {
  const mark = page.getByRole("button", { name: /^\d+\.\d+ s: .*asks for votes/s }).first();
  return Number.parseFloat(await mark.getAttribute("aria-label"));
}

test("another election timeout is another run: its first election, its digest, what is told", async ({ page, cluster }) => {
  const story = async () => {
    await cluster.seek(0.5);
    const [digest] = await cluster.digests();
    return { ...digest, told: await cluster.side.caption.innerText(), leaders: await cluster.side.leaders.count() };
  };
  const before = await story();
  expect(before.leaders).toBe(1);
  expect(await firstElection(page)).toBeLessThan(0.3);
  await playWith(cluster, "Raft", { "Shortest election timeout": "700", "Longest election timeout": "900" });
  await expect(cluster.side.region).toContainText("Election timeout 700 to 900 ms");
  const after = await story();
  expect(after.leaders).toBe(0);
  expect(after.digest).not.toBe(before.digest);
  expect(after.told).not.toBe(before.told);
  await cluster.seek(1.5);
  expect(await firstElection(page)).toBeGreaterThanOrEqual(0.7);
  // What is usual plays as it did at first.
  await open(cluster, "Raft");
  await cluster.button("Defaults").click();
  await expect(field(cluster, "Shortest election timeout")).toHaveValue("150");
  await cluster.button("Play with these").click();
  expect(await story()).toEqual(before);
  await expect(cluster.side.region).not.toContainText("Election timeout");
});

test("two sides of one protocol part by their settings, and only by these", async ({ page, whitewater }) => {
  await pick(page, whitewater, "second", "Raft");
  whitewater.sides = ["Raft 1", "Raft 2"].map((name) => new Side(page, name));
  const first = page.getByRole("button", { name: /^First difference/ });
  const compared = page.getByRole("region", { name: "Side by side" });
  const alike = async () => {
    await whitewater.choose("A cut, two against three");
    await whitewater.seek(2.4);
    const [left, right] = await whitewater.digests();
    expect(left).toEqual(right);
    await expect(first).toHaveCount(0);
    await expect(compared).toContainText("No difference so far.");
  };
  await alike();
  await playWith(whitewater, "Raft 2", { Heartbeat: "20", "Pre-vote": true });
  await expect(whitewater.sides[1].region).toContainText("Heartbeat 20 ms, pre-vote on");
  await expect(whitewater.sides[0].region).not.toContainText("Heartbeat 20 ms");
  await whitewater.seek(2.4);
  const [left, right] = await whitewater.digests();
  expect(left.digest).not.toBe(right.digest);
  await expect(first).toHaveCount(1);
  await expect(compared).toContainText(/First difference at 0\.\d{3} s/);
  await playWith(whitewater, "Raft 1", { Heartbeat: "20", "Pre-vote": true });
  await alike();
});

test("settings are a side's own, and stay when the scenario or the page changes", async ({ page, whitewater }) => {
  await playWith(whitewater, "Oldest peer", { Patience: "9", "Ping": "20" });
  await expect(whitewater.oldest.region).toContainText("Ping 20 ms, patience 9 pongs");
  await whitewater.choose("The leader stops");
  await expect(whitewater.oldest.region).toContainText("Ping 20 ms, patience 9 pongs");
  await pick(page, whitewater, "second", "WaterCraft");
  const watercraft = new Side(page, "WaterCraft");
  await expect(watercraft.region).not.toContainText("patience");
  await playWith(whitewater, "WaterCraft", { "A call reports": "how many there are" });
  await expect(watercraft.region).toContainText("Calls report how many there are");
  await pick(page, whitewater, "second", "Oldest peer");
  await expect(whitewater.oldest.region).toContainText("Ping 20 ms, patience 9 pongs");
  // The other side, and the page of one cluster, have settings of their own.
  await pick(page, whitewater, "first", "Oldest peer");
  await expect(new Side(page, "Oldest peer 2").region).toContainText("Ping 20 ms, patience 9 pongs");
  await expect(new Side(page, "Oldest peer 1").region).not.toContainText("Ping 20 ms");
  await pick(page, whitewater, "first", "Raft");
  await page.getByRole("link", { name: "Play" }).click();
  await pick(page, whitewater, "first", "Oldest peer");
  await expect(page.getByText("Ping 20 ms")).toHaveCount(0);
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(whitewater.oldest.region).toContainText("Ping 20 ms, patience 9 pongs");
});

const wrong = [
  { typed: { Heartbeat: "" }, blamed: "Heartbeat", told: "Write a number, such as 150." },
  { typed: { Heartbeat: "fast" }, blamed: "Heartbeat", told: "Write a number, such as 150." },
  { typed: { Heartbeat: "0" }, blamed: "Heartbeat", told: "Write 1 to 60,000 ms." },
  { typed: { Heartbeat: "60" }, blamed: "Heartbeat", told: /^At most 50 ms, a third of/ },
  { typed: { "Shortest election timeout": "400" }, blamed: "Longest election timeout", told: /must not be shorter/ },
  { typed: { Batch: "1.5" }, blamed: "Batch", told: "Write a number, such as 150." },
  { typed: { "Clock drift": "100" }, blamed: "Clock drift", told: "Write 0 to 99 %." },
  { typed: { "A leader reads": "by lease" }, blamed: "A leader reads", told: /need Check quorum/ },
];

test("what cannot be played is refused with a reason, and what it takes is played", async ({ page, cluster }) => {
  const [before] = await cluster.digests();
  await open(cluster, "Raft");
  for (const { typed, blamed, told } of wrong) {
    for (const [label, value] of Object.entries(typed)) {
      const control = field(cluster, label);
      if (label === "A leader reads") await control.selectOption(value);
      else await control.fill(value);
    }
    await cluster.button("Play with these").click();
    const guilty = field(cluster, blamed);
    await expect(guilty, blamed).toBeFocused();
    await expect(guilty).toHaveAttribute("aria-invalid", "true");
    await expect(cluster.dialog.getByRole("alert").filter({ hasText: /./ })).toHaveText([told]);
    await expect(guilty).toHaveAccessibleDescription(new RegExp(told.source?.replace("^", "") ?? told));
    await cluster.button("Defaults").click();
    await expect(guilty).toHaveAttribute("aria-invalid", "false");
  }
  await page.keyboard.press("Escape");
  await expect(cluster.dialog).toHaveCount(0);
  expect((await cluster.digests())[0]).toEqual(before);
});

test("the dialog is used by keys alone", async ({ page, cluster }) => {
  const opener = cluster.button("Settings of Raft");
  await opener.focus();
  await page.keyboard.press("Enter");
  await field(cluster, "Heartbeat").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("12.5");
  await page.keyboard.press("Enter");
  await expect(cluster.dialog).toHaveCount(0);
  await expect(cluster.side.region).toContainText("Heartbeat 12.5 ms");
  await expect(opener).toBeFocused();
});

for (const protocol of ["Raft", "Oldest peer", "WaterCraft"]) {
  test(`no violation with the settings of ${protocol} open`, async ({ page, cluster }) => {
    if (protocol !== "Raft") await pick(page, cluster, "first", protocol);
    await open(cluster, protocol);
    await cluster.dialog.getByRole("textbox").first().fill("0");
    await cluster.button("Play with these").click();
    await expect(cluster.dialog.getByRole("alert").filter({ hasText: /./ })).toHaveCount(1);
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await cluster.frames(2);
        await expectAccessible(page);
      }
      // Nothing is wider than the dialog.
      expect(await cluster.dialog.evaluate((it) => it.scrollWidth <= it.clientWidth)).toBe(true);
    }
  });
}
