// What plain pages cannot do: a dialog that was fetched opens, a form follows what is chosen, and what did not arrive is
// said.
"use strict";

const dialog = document.getElementById("dialog");
const messages = document.getElementById("messages");

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === dialog && !dialog.open) dialog.showModal();
});

// A link or button in the dialog that only takes it away again; without scripts it leads back.
dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});
dialog.addEventListener("close", () => dialog.replaceChildren());

// A form with data-follows is sent once something is chosen in it with a mouse or a finger. Who has a keyboard goes through
// the choices of a list one by one, and presses the button in the end.
let hasKeyboard = false;
document.addEventListener("keydown", () => (hasKeyboard = true), true);
document.addEventListener("pointerdown", () => (hasKeyboard = false), true);
document.body.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-follows]");
  if (form && !hasKeyboard) form.requestSubmit();
});

// A form with data-typed is not left by mistake once something in it was changed; sending it is no leaving.
let isChanged = false;
for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => (isChanged ||= event.target.closest?.("form[data-typed]") != null));
}
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) isChanged = false;
});
window.addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});

function say(text) {
  const list = document.createElement("ul");
  list.setAttribute("role", "alert");
  const item = list.appendChild(document.createElement("li"));
  item.className = "error";
  item.textContent = text;
  messages.replaceChildren(list);
  messages.scrollIntoView({ block: "nearest" });
}

document.body.addEventListener("htmx:sendError", () => {
  say("The server could not be reached. Nothing has changed; please try again.");
});
document.body.addEventListener("htmx:timeout", () => {
  say("The server took too long to answer. Please try again.");
});
document.body.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 429) say("This was tried too often. Please wait a minute.");
  else if (status === 404) say("This is no longer there. Please load the page again.");
  else say("Something went wrong, and nothing has changed. Please try again.");
});
