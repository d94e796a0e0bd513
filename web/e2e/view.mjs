// A view beside the ring as a person sees it.
import { expect } from "./fixtures.mjs";

const NAMES = { "Space-time": "space-time diagram", Logs: "logs", Events: "events" };

/** The views of one side. */
export class View {
  constructor(whitewater, side) {
    this.whitewater = whitewater;
    this.page = whitewater.page;
    this.side = side;
    const names = Object.values(NAMES).join("|");
    this.region = this.page.getByRole("region", { name: new RegExp(`^${side}: (${names})$`) });
    this.marks = this.region.getByRole("group", { name: "What happened, in order of time" });
    this.messages = this.marks.getByRole("button", { name: /, sent at / });
    this.list = this.region.getByRole("list");
    this.events = this.list.getByRole("listitem");
    this.now = this.list.locator("[aria-current]");
    this.follows = this.region.getByRole("button", { name: "Follow", exact: true });
    /** What is marked in the view. */
    this.lit = this.region.locator("[data-lit]");
  }

  tab(name) {
    return this.page.getByRole("group", { name: "Views" }).getByRole("button", { name, exact: true });
  }

  pane(name) {
    return this.page.getByRole("region", { name: `${this.side}: ${NAMES[name]}`, exact: true });
  }

  async turn(name) {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute("aria-pressed", "true");
    if (NAMES[name]) await expect(this.pane(name)).toBeVisible();
    await this.whitewater.still();
  }
}
