"""How people use a page. A scenario is written once, for hands that do all of it in their own way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.browser.windows import Window

__all__ = ["HANDS", "Hands", "Keyboard", "Mouse", "Unscripted"]

#: Presses of Tab after which a control cannot be reached. Pages with long lists have ways to skip them.
FAR = 250


class Hands:
    """A person before a window: what she looks for she finds by what can be read of it."""

    has_scripts = True

    def __init__(self, window: Window) -> None:
        self.window = window
        self.page: Page = window.page

    # ---- finding ----

    def field(self, label: str, *, within: Locator | None = None) -> Locator:
        """Return the control that can be seen of a label, with or without the colon that Django puts behind it."""
        return (within or self.page).get_by_label(re.compile(rf"^\s*{re.escape(label)}:?\s*$")).filter(visible=True)

    def button(self, name: str, *, within: Locator | None = None) -> Locator:
        """Return a button."""
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def link(self, name: str, *, within: Locator | None = None) -> Locator:
        """Return a link."""
        return (within or self.page).get_by_role("link", name=name, exact=True)

    # ---- doing, in her own way ----

    def press(self, control: Locator) -> None:
        """Press a button, follow a link, tick a box, open a section."""
        raise NotImplementedError

    def write(self, control: Locator, text: str) -> None:
        """Put a text in the place of the one that is there."""
        raise NotImplementedError

    def choose(self, control: Locator, label: str) -> None:
        """Choose one of the choices of a list."""
        raise NotImplementedError

    def leave(self) -> None:
        """Go on to the next control."""
        raise NotImplementedError

    def update(self) -> None:
        """Let the form follow what was chosen: scripts see to it, and without them there is a button."""
        if not self.has_scripts:
            self.press(self.button("Update the form").first)


class Mouse(Hands):
    """Somebody who points, and types."""

    def press(self, control: Locator) -> None:
        """Click on it."""
        control.click()

    def write(self, control: Locator, text: str) -> None:
        """Fill it."""
        control.fill(text)

    def choose(self, control: Locator, label: str) -> None:
        """Take the choice."""
        control.select_option(label=label)

    def leave(self) -> None:
        """Click somewhere else."""
        self.page.evaluate("() => document.activeElement && document.activeElement.blur()")


class Unscripted(Mouse):
    """The same in a browser that runs no scripts."""

    has_scripts = False

    def leave(self) -> None:
        """Press Tab: nothing happens."""
        self.page.keyboard.press("Tab")


class Keyboard(Hands):
    """Somebody who has a keyboard and nothing else."""

    def reach(self, control: Locator) -> None:
        """Press Tab, or Shift and Tab, until the control has the focus, as somebody who sees where it is."""
        control.wait_for()
        pressed, keys = 0, set()
        while pressed < FAR:
            key, number = control.evaluate(WAY)
            if key is None:
                return
            keys.add(key)
            for _ in range(number if len(keys) == 1 else 1):  # who has gone too far goes step by step
                self.page.keyboard.press(key)
                pressed += 1
        raise AssertionError(f"{control}: not reached by {FAR} presses of Tab")

    def press(self, control: Locator) -> None:
        """Reach it, and press what presses it."""
        self.reach(control)
        if control.evaluate("each => each.matches('input[type=radio]') && each.checked"):
            return  # the arrow that reached it has chosen it, too
        self.page.keyboard.press(control.evaluate(KEY))

    def write(self, control: Locator, text: str) -> None:
        """Reach it, and type over what is there."""
        self.reach(control)
        if control.get_attribute("type") == "date":
            self._write_date(text)
            return
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def _write_date(self, text: str) -> None:
        """Type the parts of a date, given as YYYY-MM-DD, in the order in which the browser has them."""
        for _ in range(3):
            self.page.keyboard.press("ArrowLeft")
        year, month, day = text.split("-")
        self.page.keyboard.type(f"{month}{day}{year}")

    def choose(self, control: Locator, label: str) -> None:
        """Reach it, and press arrows until the choice is there."""
        self.reach(control)
        way = control.evaluate(STEPS, label)
        for _ in range(abs(way)):
            self.page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
        shown = control.evaluate("each => each.selectedOptions[0]?.label.trim()")
        assert shown == label, f"arrows have chosen {shown!r} instead of {label!r}"

    def leave(self) -> None:
        """Press Tab."""
        self.page.keyboard.press("Tab")


#: The key that brings the focus nearer to an element, none if it is there, and how often it is pressed before somebody
#: looks again. Of radio buttons one is reached by Tab, and the others by arrows.
WAY = """control => {
  const active = document.activeElement;
  if (active === control) return [null, 0];
  if (!active || active === document.body) return ["Tab", 1];
  const isBefore = Boolean(active.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_PRECEDING);
  const isOfOneGroup = control.type === "radio" && active.type === "radio" && active.name === control.name;
  if (isOfOneGroup && active.form === control.form) return [isBefore ? "ArrowUp" : "ArrowDown", 1];
  const known = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const isStop = each => !each.disabled && each.checkVisibility() && !(each.type === "radio" && !each.checked);
  const stops = known.filter(each => each === active || each === control || isStop(each));
  const far = stops.includes(active) ? Math.abs(stops.indexOf(active) - stops.indexOf(control)) : 1;
  return [isBefore ? "Shift+Tab" : "Tab", Math.max(1, Math.floor(far / 2))];
}"""
#: How many choices further a choice is than the one that is chosen.
STEPS = """(control, label) => {
  const options = [...control.options].filter(each => !each.disabled);
  return options.findIndex(each => each.label.trim() === label) - options.findIndex(each => each.selected);
}"""
#: The key that presses an element.
KEY = """control => control.matches("a, button[type=submit], button:not([type])") ? "Enter" : "Space" """

HANDS: dict[str, Callable[[Window], Hands]] = {"mouse": Mouse, "no scripts": Unscripted, "keyboard": Keyboard}
