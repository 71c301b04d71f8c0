// The schema editor: attributes are put in order by dragging, or by Alt and an arrow key. Each move posts the same form as
// the buttons do, which work without this script.
"use strict";

(() => {
    document.documentElement.classList.add("ja-scripted");

    for (const list of document.querySelectorAll("[data-order]")) {
        order(list, document.getElementById(list.dataset.order));
    }

    // After a move the page comes back at the attribute that was moved: the next key goes on from there.
    const target = location.hash.startsWith("#attribute-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) {
        target.focus({ preventScroll: false });
    }

    function order(list, form) {
        const items = () => [...list.children];
        let dragged = null;

        function post(item, place) {
            form.elements.namedItem("key").value = item.dataset.key;
            form.elements.namedItem("place").value = place;
            form.submit();
        }

        list.addEventListener("keydown", (event) => {
            const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
            const item = event.target.closest("[data-key]");
            if (!step || !event.altKey || !item) {
                return;
            }
            event.preventDefault();
            const place = items().indexOf(item) + step;
            if (place >= 0 && place < items().length) {
                post(item, place);
            }
        });

        // A row can be dragged by its handle alone, so that its text can be selected.
        list.addEventListener("pointerdown", (event) => {
            const item = event.target.closest("[data-key]");
            if (item) {
                item.draggable = Boolean(event.target.closest(".ja-handle"));
            }
        });
        list.addEventListener("dragstart", (event) => {
            dragged = event.target.closest("[data-key]");
            event.dataTransfer.effectAllowed = "move";
            event.dataTransfer.setData("text/plain", dragged.dataset.key);
            dragged.classList.add("ja-dragged");
        });
        list.addEventListener("dragover", (event) => {
            const over = event.target.closest("[data-key]");
            if (dragged && over) {
                event.preventDefault();
                mark(over, isBelowMiddle(event, over));
            }
        });
        list.addEventListener("drop", (event) => {
            const over = event.target.closest("[data-key]");
            if (!dragged || !over || over === dragged) {
                return;
            }
            event.preventDefault();
            const rest = items().filter((item) => item !== dragged);
            post(dragged, rest.indexOf(over) + (isBelowMiddle(event, over) ? 1 : 0));
        });
        list.addEventListener("dragend", () => {
            dragged?.classList.remove("ja-dragged");
            dragged = null;
            mark(null, false);
        });

        function mark(over, isAfter) {
            for (const item of items()) {
                item.classList.toggle("ja-drop-before", item === over && !isAfter);
                item.classList.toggle("ja-drop-after", item === over && isAfter);
            }
        }

        function isBelowMiddle(event, item) {
            const box = item.getBoundingClientRect();
            return event.clientY > box.top + box.height / 2;
        }
    }
})();
