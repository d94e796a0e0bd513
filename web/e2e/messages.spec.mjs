// What befalls messages is seen on them.
import { expect, test } from "./page.mjs";

/** Draws a slider of the panel of rough water to its end, by keyboard. */
async function roughen(whitewater, fault) {
  await whitewater.choose("Calm water");
  await whitewater.seek(0.5);
  await whitewater.page.getByRole("button", { name: /^Rough water/ }).press("Enter");
  await whitewater.dialog.getByRole("slider", { name: fault }).press("End");
  await whitewater.page.keyboard.press("Escape");
  await expect(whitewater.dialog).toHaveCount(0);
  await whitewater.still();
}

/** Goes forward event by event until such a message is seen. */
async function stepTo(whitewater, messages) {
  await expect
    .poll(async () => {
      if (await messages.count()) return true;
      await whitewater.step();
      return (await messages.count()) > 0;
    }, { timeout: 30_000 })
    .toBe(true);
}

test("a damaged message is broken, and bounces off its receiver", async ({ whitewater }) => {
  await roughen(whitewater, "Corruption");
  const broken = whitewater.raft.messages(/^[a-z ]+(, (yes|no))?, \w to \w, broken$/);
  await stepTo(whitewater, broken);
  await expect(whitewater.raft.stage.getByText("broken", { exact: true }).first()).toBeVisible();
  const sent = await whitewater.at();
  // Nothing flies back from those that take nothing: all that is seen later has bounced.
  await whitewater.seek(sent + 0.035);
  await expect(broken.first()).toBeVisible();
  await whitewater.seek(0.5);
  await expect(broken).toHaveCount(0);
});

test("a copy is told from what it doubles", async ({ whitewater }) => {
  await roughen(whitewater, "Duplication");
  const copies = whitewater.raft.messages(/^copy of /);
  await stepTo(whitewater, copies);
  const name = await copies.first().getAttribute("aria-label");
  const original = whitewater.raft.messages(name.replace("copy of ", ""));
  await expect(original.first()).toBeVisible();
});

test("a full inbox takes nothing more", async ({ whitewater }) => {
  await whitewater.choose("Calm water");
  await whitewater.seek(0.5);
  const { raft } = whitewater;
  const leader = await raft.leader();
  const menu = await whitewater.menu(raft, leader);
  await menu.getByRole("button", { name: /^Slow down/ }).click();
  await whitewater.page.keyboard.press("Escape");
  await whitewater.playPast(2);
  await expect(raft.node(leader)).toHaveAccessibleName(/, slow, 6[34] messages wait$/);
  await stepTo(whitewater, raft.messages(new RegExp(` to ${leader}, full$`)));
});
