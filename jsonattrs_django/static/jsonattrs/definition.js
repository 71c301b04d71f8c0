// The form of one definition: another type shows what belongs to it, subtypes are searched at once, choices are moved by
// buttons. The form works without any of it: there is a button for the type, a plain list of subtypes, a number for the place.
"use strict";

(() => {
  const form = document.querySelector("[data-ja-definition]");
  if (!form) return;
  const words = form.querySelector("[data-ja-words]").dataset;

  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const norm = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // ---- another type ----

  for (const part of form.querySelectorAll("[data-ja-update]")) part.hidden = true;
  form.addEventListener("change", (event) => {
    if (["type", "multiple"].includes(event.target.name)) refresh(event.target);
  });

  /** Ask for the form as it is for the type, and take what is in the place of its sections. Nothing is saved. */
  async function refresh(control) {
    const data = new FormData(form);
    data.set("_update", "1");
    const answer = await fetch(location.href, { method: "POST", body: data, credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-ja-definition]");
    if (!fresh) return;
    const open = new Map([...form.querySelectorAll("[data-ja-section]")].map((each) => [each.dataset.jaSection, each.open]));
    const focus = document.activeElement && document.activeElement.id;
    form.replaceChildren(...document.importNode(fresh, true).childNodes);
    for (const section of form.querySelectorAll("[data-ja-section]")) {
      if (open.get(section.dataset.jaSection)) section.open = true;
    }
    for (const part of form.querySelectorAll("[data-ja-update]")) part.hidden = true;
    enhance();
    const again = focus && document.getElementById(focus);
    if (again) again.focus({ preventScroll: true });
  }

  // ---- subtypes ----

  function picker(select) {
    const source = document.getElementById("ja-catalogue");
    const entries = JSON.parse(source.textContent).map(([value, label, country, example, provider, summary]) => ({
      value,
      label,
      country,
      example,
      provider,
      summary,
      text: norm([value, label, country, example, provider, summary].join(" ")),
    }));
    if (!entries.length) return;
    const id = select.id;
    const list = make("div", { role: "listbox", id: `${id}-list`, "aria-label": select.labels[0].textContent });
    const count = make("span", { class: "ja-count", role: "status" });
    const search = make("input", {
      type: "search",
      id: `${id}-search`,
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": list.id,
      "aria-autocomplete": "list",
      autocomplete: "off",
      placeholder: words.search,
      "aria-label": `${select.labels[0].textContent}: ${words.search}`,
    });
    const chosen = make("div", { class: "ja-chosen" });
    select.hidden = true;
    select.labels[0].htmlFor = search.id;
    select.after(make("div", { class: "ja-picker" }, chosen, search, list, count));

    let active = -1;
    let options = [];

    function option(value, title, note) {
      const made = make("div", { role: "option", id: `${id}-${options.length}`, "aria-selected": String(value === select.value) });
      made.append(title);
      if (note) made.append(make("small", {}, note));
      made.addEventListener("click", () => choose(value));
      made.dataset.value = value;
      options.push(made);
      return made;
    }

    function show() {
      const asked = norm(search.value).split(/\s+/).filter(Boolean);
      const found = entries.filter((entry) => asked.every((word) => entry.text.includes(word)));
      options = [];
      active = -1;
      const groups = new Map();
      const first = select.options[0];
      const parts = asked.length ? [] : [option("", first.textContent, "")];
      for (const entry of found) {
        const name = entry.country || words.everywhere;
        if (!groups.has(name)) {
          const group = make("div", { role: "group", "aria-label": name }, make("span", {}, name));
          groups.set(name, group);
          parts.push(group);
        }
        const example = entry.example ? `${words.such} ${entry.example} · ` : "";
        groups.get(name).append(option(entry.value, entry.label, `${example}${entry.provider} · ${entry.summary}`));
      }
      list.replaceChildren(...parts);
      count.textContent = asked.length ? `${found.length} ${words.found}` : "";
    }

    function say() {
      const entry = entries.find((each) => each.value === select.value);
      const title = entry ? [entry.label, entry.country].filter(Boolean).join(", ") : select.selectedOptions[0].textContent;
      chosen.replaceChildren(make("strong", {}, title), entry ? ` — ${entry.summary}` : "");
    }

    function choose(value) {
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      search.value = "";
      show();
      say();
      search.focus();
    }

    function go(place) {
      if (!options.length) return;
      if (options[active]) options[active].classList.remove("ja-active");
      active = Math.max(0, Math.min(options.length - 1, place));
      options[active].classList.add("ja-active");
      options[active].scrollIntoView({ block: "nearest" });
      search.setAttribute("aria-activedescendant", options[active].id);
    }

    search.addEventListener("input", show);
    search.addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
      if (event.key in steps) {
        event.preventDefault();
        go(active + steps[event.key]);
      } else if (event.key === "Enter") {
        event.preventDefault();
        const place = active < 0 && search.value ? 0 : active;
        if (options[place]) choose(options[place].dataset.value);
      } else if (event.key === "Escape" && search.value) {
        event.preventDefault();
        search.value = "";
        show();
      }
    });
    show();
    say();
  }

  // ---- choices ----

  function movers(table) {
    const head = table.querySelector("[data-ja-place-head]");
    if (head) head.textContent = "";
    for (const row of table.tBodies[0].rows) {
      const cell = row.querySelector("[data-ja-place-cell]");
      const place = cell.querySelector("[data-ja-place]");
      place.hidden = true;
      const buttons = [
        ["up", words.up],
        ["down", words.down],
      ].map(([way, label]) => {
        const button = make("button", { type: "button", class: `ja-icon ja-${way}`, "aria-label": label });
        button.addEventListener("click", () => {
          const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
          if (!other) return;
          if (way === "up") other.before(row);
          else other.after(row);
          number(table);
          button.focus();
        });
        return button;
      });
      cell.append(make("div", { class: "ja-movers" }, ...buttons));
    }
  }

  function number(table) {
    [...table.tBodies[0].rows].forEach((row, place) => {
      row.querySelector("[data-ja-place]").value = place + 1;
    });
  }

  function enhance() {
    for (const select of form.querySelectorAll("select[data-ja-subtypes]")) picker(select);
    for (const table of form.querySelectorAll("[data-ja-choices]")) movers(table);
  }
  enhance();
})();
