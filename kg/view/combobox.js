// A box to type in with a list of answers, moved in by the arrow keys (WAI-ARIA 1.2, combobox).

import { element, glyph } from "./element.js";

// `answers(query, later)` gives [{act, text, note, look}] at once and may give more to `later`; what is listed always
// answers what stands in the box. `none(query)` says that there is no answer.
export function combobox({ box, list, status, answers, none, counted }) {
  let found = [];
  let active = -1;

  function open(wide) {
    list.hidden = !wide;
    box.setAttribute("aria-expanded", wide);
  }

  function point(to) {
    active = to;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", i === to));
    if (to < 0) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    box.setAttribute("aria-activedescendant", `option-${to}`);
    list.children[to].scrollIntoView({ block: "nearest" });
  }

  function take(answer) {
    box.value = "";
    suggest();
    answer.act();
  }

  function fill(query, done) {
    list.replaceChildren(
      ...found.map((answer, i) =>
        element(
          "li",
          { id: `option-${i}`, role: "option", "aria-selected": "false", onclick: () => take(answer) },
          glyph(answer.look),
          " ",
          element("span", { lang: "zh" }, answer.text),
          " ",
          element("small", {}, answer.note),
        ),
      ),
    );
    status.textContent = !query ? "" : found.length ? counted(found.length) : done ? none(query) : "";
    status.classList.toggle("off-screen", found.length > 0 || !status.textContent);
    open(found.length > 0);
    point(active < found.length ? active : -1);
  }

  function suggest() {
    const query = box.value.trim();
    active = -1;
    let waits = false;
    const later = (more) => {
      if (query !== box.value.trim()) return;
      found = [...found, ...more];
      fill(query, true);
    };
    found = query
      ? answers(query, (promise) => {
          waits = true;
          promise.then(later);
        })
      : [];
    fill(query, !waits);
  }

  box.addEventListener("input", suggest);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is at work on the characters
    if (event.key === "Enter") {
      if (found.length) take(found[Math.max(0, active)]);
      event.preventDefault();
    }
    if (event.key === "Escape") {
      open(false);
      event.stopPropagation();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      open(true);
      point(active < 0 && step < 0 ? found.length - 1 : (active + step + found.length) % found.length);
      event.preventDefault();
    }
  });
  document.addEventListener("click", (event) => {
    if (!box.parentElement.contains(event.target)) open(false);
  });
  box.addEventListener("blur", () =>
    setTimeout(() => {
      if (document.activeElement !== box) open(false);
    }, 150),
  );
}
