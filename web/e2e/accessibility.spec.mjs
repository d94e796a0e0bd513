// Whatever the page shows, axe-core finds nothing wrong with it, and it tells what happens.
import { expectAccessible } from "./fixtures.mjs";
import { expect, test } from "./page.mjs";

const states = {
  "at the start": async () => {},
  "in an election": async (whitewater) => {
    await whitewater.choose("The leader stops");
    await whitewater.seek(0.07);
    await expect(whitewater.raft.node("A")).toHaveAccessibleName(/, candidate,/);
  },
  "in a cut": async (whitewater) => {
    await whitewater.choose("A cut, two against three");
    await whitewater.seek(1.35);
    await expect(whitewater.oldest.leaders).toHaveCount(2);
  },
  "with a node's menu open": async (whitewater) => {
    await whitewater.raft.node("C").press("Enter");
    await expect(whitewater.dialog).toBeVisible();
  },
  "while choosing a cut": async (whitewater) => {
    await whitewater.tool("Cut…").click();
    await expect(whitewater.dialog).toBeVisible();
  },
  "while choosing a cut one way": async (whitewater) => {
    await whitewater.tool("Cut…").click();
    await whitewater.dialog.getByRole("button", { name: "down", exact: true }).click();
  },
  "in rough water, with its panel open": async (whitewater) => {
    await whitewater.playTo(0.7);
    await whitewater.rough("Loss", "10%");
    await whitewater.do(whitewater.raft, "D", "Pause");
    await whitewater.water.click();
    await expect(whitewater.dialog).toBeVisible();
  },
  "with the checks open": async (whitewater) => {
    await whitewater.oldest.region.getByRole("button", { name: /checks? (holds?|waits?)/ }).click();
    await expect(whitewater.dialog).toBeVisible();
  },
  "with the legend open": async (whitewater) => {
    await whitewater.legend.first().click();
    await expect(whitewater.page.getByText("A dashed hexagon is a candidate")).toBeVisible();
  },
  "where files are opened": async (whitewater) => {
    await whitewater.files.first().click();
    await expect(whitewater.dialog.getByRole("button", { name: "Save as a file" })).toBeVisible();
  },
  "with a file that was refused": async (whitewater) => {
    await whitewater.files.first().click();
    const field = whitewater.dialog.getByLabel("Choose a file…");
    await field.setInputFiles({ name: "bad.json", mimeType: "application/json", buffer: Buffer.from("{") });
    await expect(whitewater.dialog.getByRole("alert")).toContainText("Line 1");
  },
};

const screens = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

for (const [state, reach] of Object.entries(states)) {
  test(`no violation ${state}`, async ({ page, whitewater }) => {
    await reach(whitewater);
    for (const viewport of screens) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"]) {
        // Half-faded words have half the contrast: what is judged is what stays.
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        // The stages hear of a new size when the page is drawn in it.
        await whitewater.frames(2);
        await whitewater.still();
        await expectAccessible(page);
      }
    }
  });
}

test("each rule is a region with its name", async ({ page, whitewater }) => {
  await expect(page.getByRole("region", { name: "Raft", exact: true })).toHaveCount(1);
  await expect(page.getByRole("region", { name: "Oldest peer", exact: true })).toHaveCount(1);
  for (const letter of ["A", "B", "C", "D", "E"]) {
    await expect(whitewater.raft.node(letter)).toHaveAccessibleName(`Node ${letter}, follower, term 0`);
    await expect(whitewater.oldest.node(letter)).toHaveAccessibleName(/^Peer [A-E], follower, (1st|2nd|3rd|4th|5th) oldest$/);
  }
});

test("tells elections, leaders and cuts to those who listen", async ({ whitewater }) => {
  const { news } = whitewater;
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(0.07);
  await expect(news).toContainText("Raft: A asks for votes in term 1.");
  await whitewater.seek(0.3);
  await expect(news).toContainText("Raft: A leads term 1.");
  await expect(news).toContainText("Oldest peer: A leads.");
  await whitewater.seek(1.35);
  await expect(news).toContainText("The network is cut.");
  await expect(news).toContainText("Raft: D leads term 3.");
  await expect(news).toContainText("Oldest peer: C leads.");
  await whitewater.seek(2.5);
  await expect(news).toContainText("The network is whole again.");
});
