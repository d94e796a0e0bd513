// Clients back off, and spare a node that does not answer; both are seen at work.
import { expect, test } from "./page.mjs";

/** A client that keeps asking A, which stands still from half a second on. */
async function askPaused(whitewater) {
  const { raft } = whitewater;
  await whitewater.choose("Calm water");
  await whitewater.seek(0.5);
  const menu = await whitewater.menu(raft, "A");
  await menu.getByRole("button", { name: /^Pause/ }).click();
  await expect(raft.node("A")).toHaveAccessibleName(/, paused/);
  await whitewater.page.keyboard.press("Escape");
  await whitewater.writeAt(raft, "A", 7);
  return whitewater.sides.map((side) => side.stage.getByRole("img", { name: /^Client/ }));
}

test("a client waits, backs off, and spares a node that does not answer", async ({ whitewater }) => {
  const clients = await askPaused(whitewater);
  for (const [at, name] of [
    [0.6, "Client, asks A"],
    [0.755, "Client, backs off"],
    [1.6, "Client, backs off, breaker for A is open"],
    // Scrubbing back shows the old state.
    [0.6, "Client, asks A"],
  ]) {
    await whitewater.seek(at);
    for (const client of clients) await expect(client).toHaveAccessibleName(name);
  }
});

test("a node that answers again is trusted again", async ({ whitewater }) => {
  const clients = await askPaused(whitewater);
  await whitewater.seek(1.6);
  const menu = await whitewater.menu(whitewater.raft, "A");
  await menu.getByRole("button", { name: /^Go on/ }).click();
  await whitewater.page.keyboard.press("Escape");
  await whitewater.still();
  await whitewater.seek(3.5);
  // Only a call that it answers in time closes the breaker.
  for (const client of clients) await expect(client).toHaveAccessibleName("Client, asks nobody, breaker for A is half-open");
  await whitewater.writeAt(whitewater.raft, "A", 8);
  await whitewater.seek(4.5);
  for (const client of clients) await expect(client).toHaveAccessibleName("Client, asks nobody");
});

test("a client says what it does when somebody looks at it", async ({ whitewater }) => {
  const [client] = await askPaused(whitewater);
  await whitewater.seek(1.6);
  const said = client.getByText("Client, backs off, breaker for A is open");
  await expect(said).toBeHidden();
  await client.focus();
  await expect(said).toBeVisible();
  await whitewater.tool("Cut…").focus();
  await expect(said).toBeHidden();
  await client.locator(".client").hover();
  await expect(said).toBeVisible();
});
