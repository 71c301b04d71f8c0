// What the schema editor shows beside a draft. The preview's form is kept up by forms.js; this script shows what would be
// stored and changes the language without leaving the page, tries values while they are typed, looks whether somebody
// changed the draft in another window, and finds plugins. All of it works without a script, page by page.
"use strict";

(() => {
    const TYPING = 250; // milliseconds without a key before what was typed is looked at
    const SCRIPTED = { "X-Requested-With": "XMLHttpRequest" };
    const asking = new WeakMap(); // for each form, the request that is under way

    const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

    /** Post what a form holds; returns what comes back as a document, null if something newer was asked. */
    async function post(form, data = new FormData(form)) {
        asking.get(form)?.abort();
        const request = new AbortController();
        asking.set(form, request);
        try {
            const answer = await fetch(form.getAttribute("action"), {
                method: "POST", body: data, headers: SCRIPTED, credentials: "same-origin", signal: request.signal,
            });
            return answer.ok && asking.get(form) === request ? parsed(await answer.text()) : null;
        } catch (error) {
            if (error.name !== "AbortError") {
                console.warn("The page could not be asked:", error);
            }
            return null;
        }
    }

    // ---- the preview ----

    document.addEventListener("submit", (event) => {
        const form = event.target.closest("[data-preview-form]");
        if (form) {
            event.preventDefault();
            ask(form, event.submitter);
        } else if (event.target.closest("[data-try]")) {
            event.preventDefault();
            attempt(event.target);
        }
    });

    /** Ask as a button of the form does, and go to what is refused, or stay at the button. */
    async function ask(form, button) {
        const data = new FormData(form);
        if (button?.name) {
            data.append(button.name, button.value);
        }
        if (await show(form, data)) {
            const refused = form.querySelector("[aria-invalid=true]");
            const [name, value] = [CSS.escape(button?.name ?? ""), CSS.escape(button?.value ?? "")];
            (refused ?? form.querySelector(`button[name="${name}"][value="${value}"]:not([hidden])`))?.focus();
        }
    }

    /** Show the form as the server has it for what is posted. The element stays, since forms.js knows it. */
    async function show(form, data) {
        const fresh = (await post(form, data))?.querySelector("[data-preview-form]");
        if (fresh) {
            form.replaceChildren(...document.importNode(fresh, true).childNodes);
        }
        return Boolean(fresh);
    }

    // What would be stored is of the time before something else was typed.
    document.addEventListener("input", (event) => {
        const form = event.target.closest("[data-preview-form]");
        form?.querySelector("[data-preview-verdict]")?.replaceChildren();
    });

    // ---- trying a value ----

    let waiting = 0;
    document.addEventListener("input", (event) => {
        const form = event.target.closest("[data-try]");
        if (form) {
            clearTimeout(waiting);
            waiting = setTimeout(() => attempt(form), event.target.matches("select") ? 0 : TYPING);
        }
    });

    async function attempt(form) {
        clearTimeout(waiting);
        const answer = await post(form);
        const place = form.querySelector("[data-try-answer]");
        if (answer && place) {
            place.replaceChildren(...document.importNode(answer.body, true).childNodes);
        }
    }

    // ---- another window ----

    async function look() {
        const beside = document.querySelector("[data-beside]");
        if (!beside || document.visibilityState !== "visible") {
            return;
        }
        const url = new URL(beside.dataset.stampUrl, location.href);
        url.searchParams.set("_stamp", beside.dataset.beside);
        try {
            const answer = await fetch(url, { headers: SCRIPTED, credentials: "same-origin" });
            const fresh = answer.status === 200 && parsed(await answer.text()).querySelector("[data-beside]");
            if (fresh) {
                replace(beside, document.importNode(fresh, true));
            }
        } catch (error) {
            console.warn("The page could not be asked:", error);
        }
    }

    /** Show what is new, with what was typed. */
    function replace(beside, fresh) {
        const [preview, trial] = ["[data-preview-form]", "[data-try]"].map((form) => beside.querySelector(form));
        const typed = preview && new FormData(preview);
        beside.replaceWith(fresh);
        const form = fresh.querySelector("[data-preview-form]");
        if (form && typed) {
            typed.set("_attributes", "refresh");
            show(form, typed);
        }
        const [attribute, value] = ["attribute", "value"].map((name) => fresh.querySelector(`[data-try] [name=${name}]`));
        if (trial && attribute && trial.elements.namedItem("value").value) {
            value.value = trial.elements.namedItem("value").value;
            const chosen = trial.elements.namedItem("attribute").value;
            if ([...attribute.options].some((option) => option.value === chosen)) {
                attribute.value = chosen;
            }
            attempt(value.form);
        }
    }

    document.addEventListener("visibilitychange", look);
    window.addEventListener("pageshow", (event) => event.persisted && look());

    // ---- finding plugins ----

    const finder = document.querySelector("[data-find]");
    if (finder) {
        find(finder, finder.querySelector("input[type=search]"), finder.querySelector("[data-find-status]"));
    }

    function find(form, input, status) {
        const known = new Map(); // of each row, the text in which words are looked for
        let isWhole = !("filtered" in input.dataset);

        input.addEventListener("input", async () => {
            if (!isWhole) {
                isWhole = await fetchAll();
            }
            show(input.value.toLowerCase().split(/\s+/).filter(Boolean));
        });
        form.addEventListener("submit", (event) => isWhole && event.preventDefault()); // what is typed is found already

        function show(words) {
            let count = 0;
            for (const row of document.querySelectorAll("[data-found] [data-provided]")) {
                row.hidden = !words.every((word) => textOf(row).includes(word));
                count += row.hidden ? 0 : 1;
            }
            for (const group of document.querySelectorAll("[data-found] [data-provided-group]")) {
                group.hidden = !hasRow(group);
                group.open = words.length > 0 && !group.hidden;
            }
            for (const section of document.querySelectorAll("[data-found] > section")) {
                section.hidden = words.length > 0 && !hasRow(section);
            }
            for (const number of document.querySelectorAll("[data-found] [data-provided-count]")) {
                number.textContent = number.closest("details, section").querySelectorAll("[data-provided]:not([hidden])").length;
            }
            const said = count ? status.dataset.some.replace("{number}", count) : status.dataset.none;
            status.textContent = words.length ? said : "";
        }

        const hasRow = (part) => part.querySelector("[data-provided]:not([hidden])") !== null;

        function textOf(row) {
            if (!known.has(row)) {
                const group = row.closest("[data-provided-group]")?.dataset.providedGroup ?? "";
                known.set(row, `${row.textContent} ${row.dataset.provided} ${group}`.toLowerCase());
            }
            return known.get(row);
        }
    }

    /** Put everything in the place of what the server found; tells whether that worked. */
    async function fetchAll() {
        const answer = await fetch(location.pathname, { credentials: "same-origin" });
        const fresh = answer.ok && parsed(await answer.text()).querySelector("[data-found]");
        if (fresh) {
            document.querySelector("[data-found]").replaceWith(document.importNode(fresh, true));
        }
        return Boolean(fresh);
    }
})();
