/*
 * Pages of a document as pictures (page_pictures.js), one at a time, beside what is typed.
 */
"use strict";

(function () {
  const ZOOMS = [100, 140, 190, 260];

  function mount(root) {
    if (root.dataset.mounted) {
      return;
    }
    root.dataset.mounted = "yes";
    const choice = root.querySelector(".paper-choice");
    const region = root.querySelector(".paper-page");
    const status = root.querySelector(".paper-status");
    const image = root.querySelector(".paper-image");
    const pictures = window.pagePictures();
    let zoom = 0;

    function show() {
      const address = choice.value;
      const name = choice.selectedOptions[0].textContent.trim();
      status.textContent = "Fetching " + name.toLowerCase() + "…";
      root.querySelector("[data-paper-turn='-1']").disabled = choice.selectedIndex === 0;
      root.querySelector("[data-paper-turn='1']").disabled = choice.selectedIndex === choice.options.length - 1;
      const place = {image: image, alt: name + " of the signed order", status: status, region: region};
      pictures.show(address, place, function () { return choice.value === address; });
    }

    function turnTo(index) {
      const within = Math.min(Math.max(index, 0), choice.options.length - 1);
      if (within !== choice.selectedIndex || image.hidden) {
        choice.selectedIndex = within;
        show();
      }
    }

    function enlarge(step) {
      zoom = Math.min(Math.max(zoom + step, 0), ZOOMS.length - 1);
      image.style.width = ZOOMS[zoom] + "%";
    }

    choice.addEventListener("change", show);
    root.addEventListener("click", function (event) {
      const button = event.target.closest("button");
      if (button && button.dataset.paperTurn) {
        turnTo(choice.selectedIndex + Number(button.dataset.paperTurn));
      } else if (button && button.dataset.paperZoom) {
        enlarge(Number(button.dataset.paperZoom));
      }
    });
    region.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (event.key === "PageDown" || (event.key === "ArrowRight" && zoom === 0)) {
        event.preventDefault();
        turnTo(choice.selectedIndex + 1);
      } else if (event.key === "PageUp" || (event.key === "ArrowLeft" && zoom === 0)) {
        event.preventDefault();
        turnTo(choice.selectedIndex - 1);
      } else if (event.key === "+" || event.key === "-") {
        event.preventDefault();
        enlarge(event.key === "+" ? 1 : -1);
      }
    });
    /* For the page around it: the page with this number, and turning by steps. */
    root.addEventListener("paper:turn", function (event) {
      turnTo(event.detail.page ? event.detail.page - 1 : choice.selectedIndex + event.detail.step);
    });
    if (choice.options.length) {
      show();
    } else {
      status.textContent = "No picture of this order is held.";
    }
  }

  function mountAll(within) {
    within.querySelectorAll("[data-paper]").forEach(mount);
  }

  document.body.addEventListener("htmx:load", function (event) { mountAll(event.detail.elt); });
  mountAll(document);
})();
