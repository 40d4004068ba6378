/* Possible duplicates by keyboard. The pages work without this file. A decision without a reason is never sent: the
   browser itself asks for it. */
"use strict";

(function () {
  const links = Array.from(document.querySelectorAll(".pair-link"));

  function isTyping(element) {
    return element instanceof HTMLElement && (element.matches("input, select, textarea") || element.isContentEditable);
  }

  function move(step) {
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
    if (links[next]) {
      links[next].focus();
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (isTyping(event.target)) {
      if (event.key === "Escape") {
        event.target.blur();
      }
      return;
    }
    const key = event.key.toLowerCase();
    const button = document.querySelector('.decide button[data-key="' + CSS.escape(key) + '"]');
    const back = document.getElementById("back");
    if (links.length && (key === "j" || key === "k")) {
      event.preventDefault();
      move(key === "j" ? 1 : -1);
    } else if (button) {
      event.preventDefault();
      button.form.requestSubmit(button);
    } else if (key === "b" && back) {
      event.preventDefault();
      back.click();
    }
  });
})();
