// The scenarios of one click, and what to watch for.
import { read, seconds } from "./golden.mjs";
import { expect, Play, test } from "./page.mjs";

const chips = (page) => page.getByRole("region", { name: "Scenarios of one click" });

const offered = {
  "Leader stops": "leader-stops",
  Cut: "cut",
  "Split vote": "split-vote",
  "Minority leader": "minority-leader",
  "Resurrected leader": "resurrected-leader",
  Newcomer: "newcomer",
  "Face-off": "face-off",
  Overload: "overload",
  "Flaky network": "flaky-network",
  Calm: "calm",
};

for (const [label, file] of Object.entries(offered)) {
  test(`${label} by one press`, async ({ page, cluster }) => {
    const { title, watch, protocols, nodes, until } = JSON.parse(read(`scenarios/${file}.json`));
    await cluster.size(3);
    const chip = chips(page).getByRole("button", { name: label, exact: true });
    await chip.press("Enter");
    await expect(chip).toHaveAttribute("aria-pressed", "true");
    await expect(chips(page)).toContainText(watch);
    await expect(cluster.scenario.locator("option:checked")).toHaveText(title);
    // A scenario that says nothing of Raft is played by somebody it says something of.
    const name = protocols && !protocols.includes("raft") ? "Oldest peer" : "Raft";
    const play = new Play(page, name);
    await expect(play.side.nodes).toHaveCount(nodes);
    await play.still();
    await play.playPast(Math.min(seconds(until), 2));
    expect(await play.side.measure("Messages sent")).toBeGreaterThan(0);
  });
}

test("a scenario that was not made for a protocol says so", async ({ page, cluster }) => {
  await chips(page).getByRole("button", { name: "Split vote" }).click();
  await cluster.still();
  await page.getByRole("combobox", { name: "Protocol of the first side" }).selectOption("Oldest peer");
  await expect(chips(page)).toContainText("was not made for this protocol");
});
