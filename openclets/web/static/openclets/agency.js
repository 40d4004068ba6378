/* Going through a list by keyboard. The pages work without this file. */
"use strict";

(function () {
  const steps = Array.from(document.querySelectorAll(".step"));

  function isTyping(element) {
    return element instanceof HTMLElement && (element.matches("input, select, textarea") || element.isContentEditable);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }
    const key = event.key.toLowerCase();
    if (!steps.length || (key !== "j" && key !== "k")) {
      return;
    }
    const at = steps.indexOf(document.activeElement);
    const next = at < 0 ? (key === "j" ? 0 : steps.length - 1) : at + (key === "j" ? 1 : -1);
    if (steps[next]) {
      event.preventDefault();
      steps[next].focus();
    }
  });
})();
