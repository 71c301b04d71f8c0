// What the attributes of a record need in Django's admin besides the script of their forms.
"use strict";

(() => {
  // Rows that are added to an inline get numbers, and get other ones when a row is taken away. Django's script sees to
  // ids and names; this one to what else in the attributes of a record says the number of its row.

  const NUMBERED = ["data-attributes", "data-attribute", "aria-describedby", "aria-labelledby", "aria-controls", "list"];

  function renumber(row, prefix) {
    const number = new RegExp(`${prefix.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}-(\\d+|__prefix__)(?=-)`, "g");
    for (const name of NUMBERED) {
      for (const element of row.querySelectorAll(`[${name}]`)) {
        element.setAttribute(name, element.getAttribute(name).replace(number, row.id));
      }
    }
  }

  function renumberAll(prefix) {
    const group = document.getElementById(`${prefix}-group`);
    if (!group) return;
    for (const row of group.querySelectorAll(`[id^="${CSS.escape(prefix)}-"]`)) {
      if (/^\d+$/.test(row.id.slice(prefix.length + 1))) renumber(row, prefix);
    }
  }

  document.addEventListener("formset:added", (event) => renumberAll(event.detail.formsetName));
  document.addEventListener("formset:removed", (event) => {
    setTimeout(() => renumberAll(event.detail.formsetName)); // when Django has given the rows their numbers
  });

  // What the admin's own scripts choose, in a list with a search or in a window of its own, they tell jQuery only.

  document.addEventListener("DOMContentLoaded", () => {
    const $ = window.django && window.django.jQuery;
    if (!$) return;
    $(document).on("change", "[data-attributes-refresh]", (event) => {
      if (!event.originalEvent) event.target.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
})();
