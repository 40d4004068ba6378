/*
 * The panel with the fields of the key in the line: F1 shows it and puts it away. It follows the key as it is typed,
 * marks fields that are there and those that what is being typed can become; a field's button completes the line.
 * Only the key leaves this page: what else stands in the line is nobody's business before it is asked.
 */
"use strict";

(function () {
  const line = document.getElementById("line");
  const panel = document.getElementById("key-help");
  let shownKey = null;

  function keyOf(text) {
    return text.trim().split(".", 1)[0].toUpperCase();
  }

  /* The elements of the line that are fields or may become one. */
  function fieldsOf(text) {
    return text.split(".").slice(2).map(function (element) { return element.trim().toUpperCase(); });
  }

  function mark() {
    const elements = fieldsOf(line.value);
    const last = elements.length > 0 ? elements[elements.length - 1] : "";
    const there = elements.filter(function (element) { return element.includes("/"); })
      .map(function (element) { return element.split("/", 1)[0].trim(); });
    panel.querySelectorAll("li[data-code]").forEach(function (item) {
      const code = item.dataset.code;
      item.classList.toggle("is-there", there.includes(code));
      item.classList.toggle("is-meant", last !== "" && (last.includes("/") ? last.split("/", 1)[0] === code : code.startsWith(last)));
    });
  }

  function show() {
    const key = keyOf(line.value);
    if (key === shownKey) {
      mark();
      return;
    }
    shownKey = key;
    fetch("/officer/help/" + encodeURIComponent(key || "-") + "/", {headers: {"HX-Request": "true"}}).then(async function (response) {
      const text = await response.text();
      if (key === shownKey) {
        panel.innerHTML = text; /* Our own page's words, escaped where they were made. */
        mark();
      }
    }, function () {
      shownKey = null;
      panel.textContent = "No connection: the fields cannot be shown.";
    });
  }

  function toggle() {
    panel.hidden = !panel.hidden;
    if (!panel.hidden) {
      show();
    }
  }

  function complete(code) {
    const elements = line.value.split(".");
    const last = elements[elements.length - 1];
    const isBegun = elements.length > 2 && !last.includes("/") && code.startsWith(last.trim().toUpperCase());
    if (isBegun) {
      elements.pop();
    }
    /* Two elements are the key and the agency: a field comes after both. */
    const start = elements.join(".").replace(/\.+$/, "");
    line.value = start + "." + code + "/";
    line.focus();
    line.setSelectionRange(line.value.length, line.value.length);
    mark();
  }

  line.addEventListener("input", function () {
    if (!panel.hidden) {
      show();
    }
  });
  /* The line is also changed by keys: earlier lines and a new one. */
  line.addEventListener("keyup", function () {
    if (!panel.hidden) {
      show();
    }
  });
  panel.addEventListener("click", function (event) {
    const button = event.target.closest(".key-help-field");
    if (button) {
      complete(button.dataset.code);
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "F1" && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      toggle();
    }
  });
})();
