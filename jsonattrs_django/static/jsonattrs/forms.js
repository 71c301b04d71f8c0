// Forms of attributes, kept up with what is typed. The server decides everything: the form is posted to its own address
// with `_attributes`, which saves nothing, and what comes back is the same page with the form as it should be now. Only
// what differs is taken from there. Without this script the form has a button that asks the same.
"use strict";

(() => {
  const ASKED = "_attributes";
  const TYPING = 400; // milliseconds without a key before the server is asked

  /** What is known of one form element while its page is open. */
  class AttributeForm {
    constructor(form) {
      this.form = form;
      this.kept = new Map(); // values of controls that the form does not show now
      this.left = new Set(); // names of the attributes that were left, whose errors may be shown
      this.sent = new Map(); // values of attributes when they were last checked
      this.timer = 0;
      this.request = null;
      this.composing = false;
      form.addEventListener("input", (event) => this.typed(event));
      form.addEventListener("change", (event) => this.chosen(event));
      form.addEventListener("focusout", (event) => this.leaving(event));
      form.addEventListener("compositionstart", () => (this.composing = true));
      form.addEventListener("compositionend", () => (this.composing = false));
      form.addEventListener("keydown", (event) => this.pressed(event));
      this.prepare(form);
    }

    /** Hide what is for browsers without scripts, and note what there is. */
    prepare(part) {
      for (const button of part.querySelectorAll("[data-attributes-update]")) button.hidden = true;
      for (const field of part.querySelectorAll("[data-attribute]")) {
        if (!this.sent.has(nameOf(field))) this.sent.set(nameOf(field), valueOf(field));
      }
    }

    // ---- when to ask ----

    typed(event) {
      const control = event.target;
      if (event.isComposing || this.composing) return;
      if (control.matches("[data-mask]")) applyMask(control, event);
      if (control.closest("[data-attributes-search]") && control.type === "search") this.later("refresh");
      else if (decides(control) && isText(control)) this.later("refresh");
    }

    chosen(event) {
      if (decides(event.target)) this.ask("refresh");
    }

    leaving(event) {
      const field = event.target.closest("[data-attribute]");
      if (!field || field.contains(event.relatedTarget)) return;
      const name = nameOf(field);
      if (this.sent.get(name) === valueOf(field)) return;
      this.sent.set(name, valueOf(field));
      this.left.add(name);
      this.ask("check");
    }

    pressed(event) {
      if (event.key !== "Enter" || event.target.type !== "search") return;
      if (event.target.closest("[data-attributes-search]")) {
        event.preventDefault(); // Enter looks for choices, and does not save
        this.ask("refresh");
      }
    }

    later(what) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(what), TYPING);
    }

    // ---- asking ----

    async ask(what) {
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
      const request = (this.request = new AbortController());
      const before = this.values();
      const data = new FormData(this.form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      data.set(ASKED, what);
      try {
        const answer = await fetch(this.form.getAttribute("action") || location.href, {
          method: "POST",
          body: data,
          credentials: "same-origin",
          headers: { "X-Requested-With": "XMLHttpRequest" },
          signal: request.signal,
        });
        if (!answer.ok) return; // saving the form will say why
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (request !== this.request) return;
        for (const part of this.form.querySelectorAll("[data-attributes]")) {
          const fresh = page.querySelector(`[data-attributes="${CSS.escape(part.dataset.attributes)}"]`);
          if (fresh) this.merge(part, fresh, before);
        }
        this.takeMarkers(page);
      } catch (error) {
        if (error.name !== "AbortError") console.warn("The form could not be checked:", error);
      } finally {
        if (request === this.request) this.request = null;
      }
    }

    /** The values of the attributes as they are sent. */
    values() {
      const found = new Map();
      for (const field of this.form.querySelectorAll("[data-attribute]")) found.set(nameOf(field), valueOf(field));
      return found;
    }

    /** The hidden fields that tell the server what has been shown. */
    takeMarkers(page) {
      for (const own of this.form.querySelectorAll('input[type="hidden"][name$="-shown"]')) {
        const fresh = page.querySelector(`input[type="hidden"][name="${CSS.escape(own.name)}"]`);
        if (fresh) own.value = fresh.value;
      }
    }

    // ---- taking the answer ----

    merge(part, fresh, before) {
      const live = fieldsOf(part);
      const wanted = fieldsOf(fresh);
      if (!isSame(live, wanted)) this.replace(part, fresh, live, wanted, before);
      const after = fieldsOf(part);
      for (const [name, field] of wanted) {
        const own = after.get(name);
        if (!own) continue;
        takeOptions(own, field);
        if (this.left.has(name) || own.querySelector(".errorlist")) takeMessages(own, field);
      }
      this.prepare(part);
    }

    /** Take the sections of the answer, with the controls that are there already where they are the same. */
    replace(part, fresh, live, wanted, before) {
      const focus = focused(part);
      for (const [name, field] of live) if (!wanted.has(name)) this.kept.set(name, valuesIn(field));
      const open = new Map([...part.querySelectorAll("details")].map((each) => [each.dataset.attributesGroup, each.open]));
      const copy = document.importNode(fresh, true);
      for (const [name, field] of fieldsOf(copy)) {
        const own = live.get(name);
        if (own && own.dataset.attributeSignature === field.dataset.attributeSignature) field.replaceWith(own);
        else if (own && before.get(name) !== valueOf(own)) setValues(field, valuesIn(own)); // typed since
        else if (!own && this.kept.has(name) && isBlank(field)) setValues(field, this.kept.get(name));
      }
      for (const group of copy.querySelectorAll("details")) {
        if (open.has(group.dataset.attributesGroup)) group.open = group.open || open.get(group.dataset.attributesGroup);
      }
      part.replaceChildren(...copy.childNodes);
      refocus(part, focus);
    }
  }

  const nameOf = (field) => field.dataset.attribute;
  const controlsOf = (field) => [...field.querySelectorAll("input:not([type=search], [type=hidden]), select, textarea")];
  const decides = (control) => control.dataset !== undefined && "attributesRefresh" in control.dataset;
  const isText = (control) => control.matches("textarea, input:not([type=checkbox]):not([type=radio])");
  const fieldsOf = (part) => new Map([...part.querySelectorAll("[data-attribute]")].map((each) => [nameOf(each), each]));

  function isSame(live, wanted) {
    if (live.size !== wanted.size) return false;
    const names = [...live.keys()];
    return [...wanted].every(
      ([name, field], place) =>
        names[place] === name && live.get(name).dataset.attributeSignature === field.dataset.attributeSignature,
    );
  }

  function valuesIn(field) {
    return controlsOf(field).map((control) => {
      if (control.matches("[type=checkbox], [type=radio]")) return [control.value, control.checked];
      if (control.multiple) return [null, [...control.selectedOptions].map((option) => option.value)];
      return [null, control.value];
    });
  }

  const valueOf = (field) => JSON.stringify(valuesIn(field));
  const isBlank = (field) =>
    valuesIn(field).every(([, value]) => value === "" || value === false || (Array.isArray(value) && !value.length));

  /** Put values into a control that may be another one than they were taken from. */
  function setValues(field, values) {
    const boxes = new Set(values.filter(([box, value]) => box !== null && value === true).map(([box]) => box));
    const texts = values.filter(([box]) => box === null).flatMap(([, value]) => value);
    const chosen = new Set([...boxes, ...texts]);
    for (const control of controlsOf(field)) {
      if (control.matches("[type=checkbox], [type=radio]")) control.checked = chosen.has(control.value);
      else if (control.matches("select")) for (const option of control.options) option.selected = chosen.has(option.value);
      else if (texts.length) control.value = texts[0];
    }
  }

  // ---- what is said at a field ----

  function takeMessages(own, field) {
    const from = field.querySelector("[data-attribute-messages]");
    const to = own.querySelector("[data-attribute-messages]");
    if (!from || !to) {
      takeWhole(own, field); // a layout of somebody's own
      return;
    }
    if (from.innerHTML !== to.innerHTML) {
      to.replaceChildren(...document.importNode(from, true).childNodes);
      own.parentElement.classList.toggle("jsonattrs-refused", Boolean(to.querySelector(".errorlist")));
      const group = own.closest("details");
      if (group && to.querySelector(".errorlist")) group.open = true;
    }
    const [fresh, control] = [controlsOf(field)[0], controlsOf(own)[0]];
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (!fresh || !control) continue;
      if (fresh.hasAttribute(name)) control.setAttribute(name, fresh.getAttribute(name));
      else control.removeAttribute(name);
    }
  }

  /** Take the field as the server shows it, with what was typed: all that can be done where messages have no place. */
  function takeWhole(own, field) {
    const values = valuesIn(own);
    const focus = focused(own);
    const copy = document.importNode(field, true);
    setValues(copy, values);
    own.className = field.className;
    own.replaceChildren(...copy.childNodes);
    refocus(own, focus);
  }

  /** Take the choices that the server has found for what was looked for. */
  function takeOptions(own, field) {
    const [to, from] = [own.querySelector("[data-attributes-search] select"), field.querySelector("[data-attributes-search] select")];
    if (!to || !from || to.innerHTML === from.innerHTML) return;
    const chosen = new Set([...to.selectedOptions].map((option) => option.value));
    to.replaceChildren(...document.importNode(from, true).childNodes);
    for (const option of to.options) option.selected = chosen.has(option.value);
    const [more, found] = [own.querySelector("[data-attributes-more]"), field.querySelector("[data-attributes-more]")];
    if (more && found) more.textContent = found.textContent;
  }

  // ---- where the person is ----

  function focused(part) {
    const control = document.activeElement;
    if (!control || !part.contains(control)) return null;
    const caret = "selectionStart" in control ? [control.selectionStart, control.selectionEnd] : null;
    return { control, id: control.id, caret };
  }

  function refocus(part, focus) {
    if (!focus) return;
    const control = part.contains(focus.control) ? focus.control : focus.id && part.querySelector(`#${CSS.escape(focus.id)}`);
    if (!control) return;
    control.focus({ preventScroll: true });
    if (focus.caret && focus.caret[0] !== null && control.setSelectionRange) control.setSelectionRange(...focus.caret);
  }

  /** Add the characters that stand between others, while somebody types at the end. */
  function applyMask(control, event) {
    const mask = control.dataset.mask;
    const value = control.value;
    const atEnd = control.selectionStart === value.length;
    if (event.inputType !== "insertText" || !atEnd || value.length >= mask.length) return;
    const isPlaceholder = (sign) => "0a*".includes(sign);
    for (let place = 0; place < value.length; place += 1) {
      if (!isPlaceholder(mask[place]) && mask[place] !== value[place]) return; // it is written in another way
    }
    let next = "";
    while (value.length + next.length < mask.length && !isPlaceholder(mask[value.length + next.length])) {
      next += mask[value.length + next.length];
    }
    if (next) control.value = value + next;
  }

  /** Forms that come into the page later, such as rows of a formset, are found when they are first used. */
  const known = new WeakMap();
  function attend(form) {
    if (form && !known.has(form) && form.querySelector("[data-attributes]")) known.set(form, new AttributeForm(form));
  }

  function start() {
    for (const part of document.querySelectorAll("[data-attributes]")) attend(part.closest("form"));
    document.addEventListener("focusin", (event) => attend(event.target.form));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
