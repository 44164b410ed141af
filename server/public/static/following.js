// A form follows its answers: what is asked when was worked out by the server beforehand.

function answerOf(form, path) {
  const chosen = form.querySelectorAll(`[name="${CSS.escape(`a:${path}`)}"]`);
  const values = [];
  for (const field of chosen) {
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) values.push(field.value);
    } else if (field.value.trim()) values.push(field.value.trim());
  }
  return values.sort().join(" ");
}

// Show what is asked with these answers, and take what is not asked out of what is sent.
export function follow(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    const when = JSON.parse(part.dataset.when);
    const shown = when.shown.includes(when.of.map((path) => answerOf(form, path)).join("\t"));
    part.hidden = part.disabled = !shown;
  }
}

// Say beside each question what is missing, and return the first such question.
export function missing(form) {
  let first = null;
  for (const question of form.querySelectorAll(".question")) {
    const asked = !question.closest("[hidden]") && !question.disabled;
    const wrong = asked && [...question.querySelectorAll("input, textarea, select")].some((field) => !field.checkValidity());
    say(question, wrong ? question.dataset.missing : "");
    if (wrong && !first) first = question;
  }
  return first;
}

function say(question, text) {
  let told = question.querySelector(".wrong");
  if (!text) { told?.remove(); return; }
  if (!told) {
    told = Object.assign(document.createElement("p"), { className: "wrong" });
    told.setAttribute("role", "alert");
    question.append(told);
  }
  told.textContent = text;
}

// What is written now, as pairs; only what is asked.
export const written = (form) => [...new FormData(form)].filter(([name]) => name !== "do");

// Put what the address answers into fields that are empty.
export function takeFromAddress(form) {
  for (const given of form.querySelectorAll("input[name^='q:']")) {
    const path = given.name.slice(2);
    for (const field of form.querySelectorAll(`[name="${CSS.escape(`a:${path}`)}"]`)) {
      if (field.type === "radio") field.checked = field.value === given.value;
      else if (!field.value) field.value = given.value;
    }
  }
}

// Put what was written before into the fields; of some names only, where they are given.
export function restore(form, pairs, names = null) {
  const values = new Map();
  for (const [name, value] of pairs) if (typeof value === "string") values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!/^(a:|p:|name$)/.test(field.name) || field.type === "file") continue;
    if (names && !names.has(field.name)) continue;
    const known = values.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = known.includes(field.value);
    else if ((known.length || names) && field.type !== "hidden") field.value = known[0] ?? "";
  }
}
