/*
 * The journal by keyboard: to the filter, from entry to entry, from page to page; and the search's own address in the
 * address line, so that it can be kept and loaded again. The page works without this file.
 */
"use strict";

(function () {
  const found = document.getElementById("found");
  const filter = document.getElementById("filter");

  /* What was looked for was sent apart from the address; this address names only the entry that recorded it. */
  if (found && !window.location.search && found.dataset.address) {
    window.history.replaceState(null, "", found.dataset.address);
  }

  function isTyping(element) {
    return element instanceof HTMLElement && element.matches("input, select, textarea");
  }

  function move(step) {
    const links = Array.from(document.querySelectorAll(".entry-link"));
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
    if (next) {
      next.focus();
    }
  }

  function open(address) {
    if (address) {
      window.location.assign(address);
    }
  }

  document.addEventListener("keydown", function (event) {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "/" && filter) {
      event.preventDefault();
      filter.querySelector("input:not([type=hidden])").focus();
    } else if (key === "j") {
      move(1);
    } else if (key === "k") {
      move(-1);
    } else if (key === "n" && found) {
      open(found.dataset.next);
    } else if (key === "p" && found) {
      open(found.dataset.previous);
    }
  });
})();
