// The form of one definition: another type shows what belongs to it, subtypes are searched at once, choices are moved by
// buttons. The form works without any of it: there are buttons that show it anew, a plain list of subtypes, and numbers
// for places.
"use strict";

(() => {
  const form = document.querySelector("[data-ja-definition]");
  if (!form) return;
  const words = form.querySelector("[data-ja-words]").dataset;
  let asked = 0; // the number of the last question, so that an answer that comes too late is known for it

  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const norm = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // ---- showing the form anew ----

  form.addEventListener("change", (event) => {
    if (["type", "multiple"].includes(event.target.name)) refresh("type");
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_update]");
    if (!button) return;
    event.preventDefault();
    refresh(button.value).then((is_fresh) => {
      if (!is_fresh) HTMLFormElement.prototype.submit.call(withUpdate(button.value));
      else if ("jaAddRow" in button.dataset) firstBlank();
    });
  });

  function withUpdate(value) {
    form.append(make("input", { type: "hidden", name: "_update", value }));
    return form;
  }

  /** Ask for the form as it is for what was chosen, and take what is in the place of its parts. Nothing is saved. */
  async function refresh(value) {
    const mine = ++asked;
    const before = stateOf(form);
    const data = new FormData(form);
    data.set("_update", value);
    let page;
    try {
      const answer = await fetch(location.href, { method: "POST", body: data, credentials: "same-origin" });
      if (!answer.ok) return false;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return false;
    }
    const fresh = page.querySelector("[data-ja-definition]");
    if (!fresh) return false;
    if (mine === asked) replace(fresh, before);
    return true;
  }

  /** What stands in each control, so that what is typed while an answer is on its way is known for it. */
  function stateOf(container) {
    const controls = [...container.elements].filter((control) => control.name && control.type !== "submit");
    return new Map(controls.map((control) => [keyOf(control), ["checkbox", "radio"].includes(control.type) ? control.checked : control.value]));
  }

  const keyOf = (control) => (control.type === "radio" ? `${control.name}=${control.value}` : control.name);

  function typedSince(before) {
    const now = stateOf(form);
    return new Map([...now].filter(([key, value]) => before.has(key) && before.get(key) !== value && !key.startsWith("_")));
  }

  function restore(typed) {
    for (const control of form.elements) {
      const value = typed.get(keyOf(control));
      if (typeof value === "boolean") control.checked = value;
      else if (value !== undefined) control.value = value;
    }
  }

  function replace(fresh, before) {
    const typed = typedSince(before);
    const nameOf = (details) => details.dataset.jaSection || details.closest("[data-ja-field]")?.dataset.jaField;
    const open = new Set([...form.querySelectorAll("details[open]")].map(nameOf));
    const was = document.activeElement;
    const focus = form.contains(was) && was.id;
    const selection = "selectionStart" in was ? was.selectionStart : null;
    const searched = was.type === "search" ? was.value : "";
    form.replaceChildren(...document.importNode(fresh, true).childNodes);
    restore(typed);
    for (const details of form.querySelectorAll("details")) details.open ||= open.has(nameOf(details));
    enhance();
    const again = focus && document.getElementById(focus);
    if (!again) return;
    again.focus({ preventScroll: true });
    if (searched) {
      again.value = searched;
      again.dispatchEvent(new Event("input"));
    }
    if (selection !== null && again.setSelectionRange && typed.has(again.name)) again.setSelectionRange(selection, selection);
  }

  // ---- the technical name ----

  function naming(input) {
    const label = document.getElementById(input.dataset.jaMadeOf);
    if (!label) return;
    const show = () => {
      const made = norm(label.value).replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 50);
      input.placeholder = /^[a-z]/.test(made) || !made ? made : `attribute_${made}`;
    };
    label.addEventListener("input", show);
    show();
  }

  // ---- subtypes ----

  function picker(select) {
    const entries = [...select.querySelectorAll("optgroup > option")].map((option) => ({
      ...option.dataset,
      value: option.value,
      country: option.parentNode.label,
      text: norm([option.value, option.parentNode.label, ...Object.values(option.dataset)].join(" ")),
    }));
    if (!entries.length) return;
    const id = select.id;
    const label = select.labels[0].textContent;
    const list = make("div", { role: "listbox", id: `${id}-list`, "aria-label": label });
    const count = make("span", { class: "ja-count", role: "status" });
    const chosen = make("div", { class: "ja-chosen", id: `${id}-chosen` });
    const search = make("input", {
      type: "search",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": list.id,
      "aria-autocomplete": "list",
      "aria-describedby": chosen.id,
      autocomplete: "off",
      placeholder: words.search,
    });
    select.id = `${id}-plain`;
    search.id = id; // the label, and links to the control, are for the search now
    select.hidden = true;
    select.after(make("div", { class: "ja-picker" }, chosen, search, list, count));

    let active = -1;
    let options = [];

    function option(value, title, note) {
      const made = make("div", { role: "option", id: `${id}-${options.length}`, "aria-selected": String(value === select.value) });
      made.append(title);
      if (note) made.append(make("small", {}, note));
      made.dataset.value = value;
      options.push(made);
      return made;
    }

    function noteOf(entry) {
      const example = entry.example ? `${words.such} ${entry.example}` : "";
      const provider = entry.value.includes("@") ? entry.value.split("@")[1] : entry.provider;
      return [entry.summary, example, provider].filter(Boolean).join(" · ");
    }

    function show() {
      const wanted = norm(search.value).split(/\s+/).filter(Boolean);
      const found = entries.filter((entry) => wanted.every((word) => entry.text.includes(word)));
      options = [];
      active = -1;
      search.removeAttribute("aria-activedescendant");
      const others = [...select.children].filter((each) => each.tagName === "OPTION");
      const parts = wanted.length ? [] : others.map((each) => option(each.value, each.textContent, ""));
      let group = null;
      for (const entry of found) {
        if (!group || group.getAttribute("aria-label") !== entry.country) {
          group = make("div", { role: "group", "aria-label": entry.country }, make("span", { "aria-hidden": "true" }, entry.country));
          parts.push(group);
        }
        group.append(option(entry.value, entry.label, noteOf(entry)));
      }
      list.replaceChildren(...parts);
      list.hidden = !parts.length;
      count.textContent = !wanted.length ? "" : found.length ? `${found.length} ${words.found}` : words.noneFound;
    }

    function say() {
      const entry = entries.find((each) => each.value === select.value);
      if (!entry) return chosen.replaceChildren(make("strong", {}, select.selectedOptions[0].textContent));
      const title = make("strong", {}, entry.label);
      chosen.replaceChildren(title, ` · ${entry.country}`, make("br"), noteOf(entry));
    }

    function choose(value) {
      const is_other = select.value !== value;
      select.value = value;
      search.value = "";
      show();
      say();
      const now = options.find((each) => each.dataset.value === value);
      if (now) list.scrollTop = now.offsetTop - list.offsetTop - 60;
      search.focus();
      if (is_other) refresh("subtype"); // it may have limits of its own
    }

    function go(place) {
      if (!options.length) return;
      if (options[active]) options[active].classList.remove("ja-active");
      active = Math.max(0, Math.min(options.length - 1, place));
      options[active].classList.add("ja-active");
      options[active].scrollIntoView({ block: "nearest" });
      search.setAttribute("aria-activedescendant", options[active].id);
    }

    list.addEventListener("click", (event) => {
      const made = event.target.closest("[role=option]");
      if (made) choose(made.dataset.value);
    });
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

  // ---- conditions ----

  /** Offer the values of the attribute that is compared. */
  function comparing(fieldset) {
    const term = fieldset.querySelector("[data-ja-term]");
    const value = fieldset.querySelector("input[type=text]");
    const values = JSON.parse(document.getElementById("ja-values").textContent);
    const list = make("datalist", { id: `${value.id}-values` });
    fieldset.append(list);
    const offer = () => {
      const known = values[term.value] || [];
      list.replaceChildren(...known.map(([text, label]) => make("option", { value: label || text })));
      value.setAttribute("list", list.id);
    };
    term.addEventListener("change", offer);
    value.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // it adds the condition, and does not keep the whole form
      fieldset.querySelector("button").click();
    });
    offer();
  }

  // ---- choices ----

  function movers(table) {
    const body = table.tBodies[0];
    const place = (row) => Number(row.querySelector("[data-ja-place]").value) || Infinity;
    const rows = [...body.rows].map((row, number) => [row, place(row), number]);
    rows.sort((one, other) => (one[1] === other[1] ? one[2] - other[2] : one[1] - other[1]));
    body.append(...rows.map(([row]) => row));
    for (const row of body.rows) {
      const cell = row.querySelector("[data-ja-place-cell]");
      cell.querySelector("[data-ja-place]").hidden = true;
      const value = row.querySelector("input[type=text]:not([data-ja-place])");
      const button = (name, title, act) => {
        const made = make("button", { type: "button", class: `ja-icon ja-${name}`, "aria-label": `${title}: ${value.value}`, title });
        made.addEventListener("click", () => act(made));
        return made;
      };
      const move = (made, other, way) => {
        if (!other) return;
        other[way](row);
        number(table);
        made.focus();
      };
      const buttons = make(
        "div",
        { class: "ja-movers" },
        button("up", words.up, (made) => move(made, row.previousElementSibling, "before")),
        button("down", words.down, (made) => move(made, row.nextElementSibling, "after")),
      );
      if (!("jaPublished" in row.dataset)) buttons.append(button("remove", words.remove, () => remove(row)));
      cell.append(buttons);
    }
  }

  /** Clear a row and hide it: one that were gone would be taken for one that the page never had. */
  function remove(row) {
    for (const input of row.querySelectorAll("input[type=text]:not([data-ja-place])")) input.value = "";
    const next = row.nextElementSibling || row.previousElementSibling;
    row.hidden = true;
    const focus = next && next.querySelector("button");
    if (focus) focus.focus();
  }

  function number(table) {
    [...table.tBodies[0].rows].forEach((row, place) => {
      row.querySelector("[data-ja-place]").value = place + 1;
    });
  }

  function firstBlank() {
    const inputs = form.querySelectorAll("[data-ja-choices] td:nth-child(2) input");
    const blank = [...inputs].find((input) => !input.value);
    if (blank) blank.focus();
  }

  function enhance() {
    for (const part of form.querySelectorAll("[data-ja-update]")) part.hidden = true;
    for (const input of form.querySelectorAll("[data-ja-made-of]")) naming(input);
    for (const select of form.querySelectorAll("select[data-ja-subtypes]")) picker(select);
    for (const table of form.querySelectorAll("[data-ja-choices]")) movers(table);
    for (const fieldset of form.querySelectorAll("[data-ja-compare]")) comparing(fieldset);
  }
  enhance();
})();
