"""A window of the browser, which minds what goes wrong in it."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Response

TELEPHONE = {"width": 360, "height": 740}
#: What reaches beyond the window, unless it can be scrolled by itself.
BESIDE = """() => {
  if (document.documentElement.scrollWidth <= window.innerWidth) return [];
  const isBeside = each => each.getBoundingClientRect().right > window.innerWidth + 1;
  const beside = [...document.body.querySelectorAll("*")].filter(isBeside);
  return beside.slice(0, 3).map(each => each.outerHTML.slice(0, 150));
}"""
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
#: Set, the pictures of the pages are made again.
VARIABLE = "JSONATTRS_SCREENSHOTS"
SERIOUS = ("error", "warning")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
#: Everything that axe-core knows, and not only what is law; of the colours in the dark, those.
RUN_AXE = """async rules => {
  const ending = document.getAnimations().filter(each => each.effect.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(ending.map(each => each.finished));  // colours change slowly
  const theirs = [".select2-container", ".breadcrumbs"];  // Django's own, which no page here draws
  const options = {resultTypes: ["violations"], preload: false, ...(rules ? {runOnly: rules} : {})};
  return axe.run({exclude: theirs.filter(each => document.querySelector(each)).map(each => [each])}, options);
}"""
#: Leaves of a very long list what stands first: the rest is alike, and axe-core would look at each of a thousand.
SHORTEN = """() => {
  const long = [...document.body.querySelectorAll("*")].filter(each => each.children.length > 60);
  for (const list of long) for (const each of [...list.children].slice(30)) each.remove();
}"""
COLOURS = ["color-contrast", "link-in-text-block"]


class Window:
    """A page in a context of its own.

    ``allowed`` are what a test is about: statuses of refusals, and errors that the console tells.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.page = context.new_page()
        self.allowed: set[int | str] = set()
        self._url = url
        self._faults: list[str] = []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._faults.append(f"{self.page.url}: {error}"))
        self.page.on("dialog", self._on_dialog)
        self.page.on("response", self._on_response)

    # ---- what goes wrong ----

    def _on_console(self, message: ConsoleMessage) -> None:
        told_twice = "Failed to load resource" in message.text  # the response is looked at itself
        expected = any(each in message.text for each in self.allowed if isinstance(each, str))
        if message.type in SERIOUS and not told_twice and not expected:
            self._faults.append(f"{self.page.url}: {message.text}")

    def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            self._faults.append(f"{self.page.url}: a dialog says {dialog.message}")
        dialog.dismiss()

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            self._faults.append(f"{response.status} for {response.request.method} {response.url}")

    def complain(self) -> None:
        """Fail where anything went wrong since the window was opened."""
        assert not self._faults, "\n".join(self._faults)

    def close(self) -> None:
        """Close the window, once what it has asked for is answered."""
        self.context.close()

    # ---- going about ----

    def sign_in(self, username: str) -> None:
        """Be signed in, without the page for it, which has a test of its own."""
        from django.contrib.auth import get_user_model
        from django.test import Client

        client = Client()
        client.force_login(get_user_model().objects.get(username=username))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self._url}])

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(path)

    # ---- looking ----

    def violations(self) -> list[str]:
        """Return what axe-core has to say against the page as it is, in both colour schemes."""
        self.page.evaluate(AXE)
        found = []
        for scheme, rules in (("light", None), ("dark", COLOURS)):
            self.page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {_told(each)}" for each in self.page.evaluate(RUN_AXE, rules)["violations"]]
        self.page.emulate_media(color_scheme="light")
        return found

    def overflow(self) -> list[str]:
        """Return what is beside the window where that is as narrow as a telephone."""
        size = self.page.viewport_size
        self.page.set_viewport_size(TELEPHONE)
        found = self.page.evaluate(BESIDE)
        self.page.set_viewport_size(size)
        return [f"at {TELEPHONE['width']} pixels: {each}" for each in found]

    def survey(self, pages: Mapping[str, str]) -> str:
        """Open pages, given by name and address; return what is wrong with them, nothing if all is as it should be."""
        found = ""
        for name, path in pages.items():
            self.open(path)
            wrong = self.overflow()
            self.page.evaluate(SHORTEN)
            found += "".join(f"\n{name}, {path}, {each}" for each in wrong + self.violations())
        return found

    def picture(self, name: str) -> None:
        """Keep a picture of the page for the documentation, where these are made again."""
        if os.environ.get(VARIABLE):
            PICTURES.mkdir(exist_ok=True)
            path = PICTURES / f"{name}.png"
            self.page.screenshot(path=path, animations="disabled", caret="hide")
            _compress(path)


def _told(violation: dict[str, Any]) -> str:
    places = [f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in violation["nodes"][:4]]
    return "\n".join([f"{violation['id']}: {violation['help']} ({len(violation['nodes'])} times)", *places])


def _compress(path: Path) -> None:
    """Write a picture with a palette, which is a third as large; as it is where Pillow is not there."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
