// The labelling desk by keyboard, and one answer a text: while an answer is on its way, further
// presses are dropped, so that none of them lands on the next text unseen.
(() => {
  "use strict";
  const clientside = (window.dash_clientside = window.dash_clientside || {});
  const BUTTONS = {
    Digit1: "labels-neg", Numpad1: "labels-neg", Digit2: "labels-neu", Numpad2: "labels-neu",
    Digit3: "labels-pos", Numpad3: "labels-pos", KeyO: "labels-offensive", KeyS: "labels-skip",
    KeyU: "labels-undo",
  };
  const ANSWERS = ["labels-neg", "labels-neu", "labels-pos", "labels-skip", "labels-undo"];
  const PATIENCE = 8000;
  let waiting = null, since = 0;

  const shown = () => document.querySelector("[data-item]")?.dataset.item ?? null;
  const busy = () =>
    waiting !== null && waiting === shown() && Date.now() - since < PATIENCE;
  const typing = (target) =>
    target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

  // Before React hears of a press: dropped while the last answer is on its way.
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button || !ANSWERS.includes(button.id)) return;
    if (busy()) {
      event.stopPropagation();
      event.preventDefault();
      return;
    }
    waiting = shown();
    since = Date.now();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (!document.querySelector(".label-desk") || typing(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "?" || event.key === "؟") {
      const help = document.getElementById("labels-help");
      help.open = !help.open;
      event.preventDefault();
      return;
    }
    // By the place of the key, so that an Arabic or a French keyboard does the same.
    const button = document.getElementById(BUTTONS[event.code] || "");
    if (!button || button.matches(":disabled")) return;
    event.preventDefault();
    button.click();
  });

  // Enter after the name leaves the field, so that keys answer from then on.
  document.addEventListener("keyup", (event) => {
    if (event.key === "Enter" && event.target.id === "labels-who") event.target.blur();
  });

  Object.assign((clientside.sada = clientside.sada || {}), {
    // A press turns the flag; the flag, also when the server sets it, shows on the button.
    offensive: (_clicks, flag) => {
      const { no_update, callback_context } = clientside;
      const button = document.getElementById("labels-offensive");
      const pressed = callback_context.triggered_id === "labels-offensive";
      const value = pressed && flag !== null ? !flag : flag;
      if (button) button.setAttribute("aria-pressed", String(value === true));
      const name = value === null ? "answer answer-flag answer-gone"
        : value ? "answer answer-flag answer-on" : "answer answer-flag";
      return [name, value === flag ? no_update : value];
    },
  });
})();
