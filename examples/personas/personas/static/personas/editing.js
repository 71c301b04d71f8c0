// The form of a persona: a slider beside each rating, and how many characteristics of a section are set.
// The box with the number is the control: it takes what the slider says, and works alone where this does not run.
"use strict";

(() => {
  const form = document.querySelector(".persona-form");
  if (!form) return;

  const boxOf = (field) => field.querySelector("[data-attribute] input");

  function follow(slider, box) {
    const value = /^([1-9]|10)$/.test(box.value.trim()) ? box.value.trim() : "0";
    if (slider.value !== value) slider.value = value;
    slider.classList.toggle("unset", value === "0");
  }

  /** It stands beside what the library's script takes for the control; the keyboard gets along with the box. */
  function addSlider(field) {
    const box = boxOf(field);
    if (!box || field.querySelector(".slider")) return;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 0, max: 10, step: 1, tabIndex: -1, className: "slider" });
    slider.setAttribute("aria-label", `${field.querySelector("label").textContent.replace(/:$/, "")}, by a slider`);
    field.append(slider);
    follow(slider, box);
  }

  /** Boxes that are ticked, options that are chosen, texts that are there. */
  function isSet(field) {
    const controls = [...field.querySelectorAll("[data-attribute] :is(input:not([type=hidden]), select, textarea)")];
    return controls.some((each) => (each.matches("[type=checkbox], [type=radio]") ? each.checked && each.value : each.value.trim()));
  }

  function count(section) {
    const shown = section.querySelector("[data-count]");
    if (shown) shown.textContent = [...section.querySelectorAll(".jsonattrs-field")].filter(isSet).length;
  }

  form.addEventListener("input", (event) => {
    const field = event.target.closest(".jsonattrs-field");
    if (!field) return;
    const slider = field.querySelector(".slider");
    if (event.target === slider) {
      boxOf(field).value = slider.value === "0" ? "" : slider.value;
      slider.classList.toggle("unset", slider.value === "0");
    } else if (slider) follow(slider, boxOf(field));
    count(field.closest("details"));
  });

  // Whoever lets go of the slider is in the box, which is checked when it is left.
  form.addEventListener("change", (event) => {
    if (event.target.matches(".slider")) boxOf(event.target.closest(".jsonattrs-field")).focus({ preventScroll: true });
  });

  for (const field of form.querySelectorAll("[data-rating]")) addSlider(field);
})();
