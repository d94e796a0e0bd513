// Looking inside: a node, a message, a check.
import { expect, test } from "./page.mjs";

/** The panel with this name. */
function panel(cluster, name) {
  return cluster.page.getByRole("complementary", { name, exact: true });
}

/** Looks inside a node, from its menu on the ring. */
async function lookInside(cluster, letter) {
  const menu = await cluster.menu(cluster.side, letter);
  await menu.getByRole("button", { name: "Look inside" }).click();
  await expect(cluster.dialog).toHaveCount(0);
  const inside = panel(cluster, `Inside ${letter}`);
  await expect(inside).toBeVisible();
  return inside;
}

/** The value of an item of a panel. */
function value(inside, name) {
  const term = inside.page().getByRole("term").filter({ hasText: new RegExp(`^${name}$`) });
  return inside.locator(".item").filter({ has: term }).locator(".value");
}

test("a node shows what it keeps, and it changes as time goes", async ({ cluster }) => {
  const inside = await lookInside(cluster, "A");
  await expect(inside).toBeFocused();
  await expect(value(inside, "term")).toHaveText("0");
  await expect(inside.getByText(/fires in/).first()).toBeVisible();
  await cluster.playPast(0.4);
  const leader = await cluster.side.leader();
  const led = await lookInside(cluster, leader);
  await expect(value(led, "role")).toHaveText("leader");
  await expect(value(led, "term")).toHaveText(String(await cluster.side.term()));
  await cluster.seek(0);
  await expect(value(led, "term")).toHaveText("0");
});

test("looking inside pauses", async ({ cluster }) => {
  await cluster.play();
  await lookInside(cluster, "B");
  await expect(cluster.paused).toBeVisible();
});

test("a node is looked into and left again by keyboard alone", async ({ cluster }) => {
  const node = cluster.side.node("C");
  await node.focus();
  await cluster.page.keyboard.press("Enter");
  await cluster.dialog.getByRole("button", { name: "Look inside" }).press("Enter");
  const inside = panel(cluster, "Inside C");
  await expect(inside).toBeFocused();
  await cluster.page.keyboard.press("Escape");
  await expect(inside).toHaveCount(0);
  await expect(node).toBeFocused();
});

test("a message tells what it says, and what becomes of it", async ({ cluster }) => {
  await cluster.playPast(0.4);
  const leader = await cluster.side.leader();
  const inside = await lookInside(cluster, leader);
  const messages = inside.getByRole("button", { name: new RegExp(`${leader} to [A-E]$`) });
  await expect(async () => {
    if (!(await messages.count())) await cluster.step();
    expect(await messages.count()).toBeGreaterThan(0);
  }).toPass();
  const name = await messages.first().innerText();
  await messages.first().click();
  const message = cluster.page.getByRole("complementary", { name: new RegExp(`${leader} to [A-E]$`) });
  await expect(message, name).toBeVisible();
  await expect(value(message, "term")).toHaveText(String(await cluster.side.term()));
  await expect(message.getByText("It arrives and is taken up at once.")).toBeVisible();
  const due = Number.parseFloat(await value(message, "due").innerText());
  await cluster.seek(due + 0.001);
  await expect(message.getByText(`It arrived at ${due.toFixed(3)} s.`)).toBeVisible();
  await message.getByRole("button", { name: `Look inside ${leader}` }).click();
  await expect(panel(cluster, `Inside ${leader}`)).toBeVisible();
});

test("each check says since when it has held", async ({ cluster }) => {
  await cluster.side.region.getByRole("button", { name: /checks? holds?$/ }).click();
  const safety = cluster.dialog.getByRole("listitem").filter({ hasText: "Election Safety" });
  await expect(safety).toContainText("has held since the start");
  await expect(safety).toContainText("At most one leader is elected in a term.");
  await expect(safety).toContainText("Raft §5.2");
});
