/*
 * Pages of a document as pictures, one at a time, beside what is typed. Each page is fetched once: each fetch is a look
 * that is recorded.
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
    const pictures = new Map();
    let zoom = 0;

    function fetchPage(address) {
      if (!pictures.has(address)) {
        pictures.set(address, fetch(address, {headers: {"HX-Request": "true"}}).then(async function (response) {
          if (response.ok) {
            return {address: URL.createObjectURL(await response.blob())};
          }
          if (response.status >= 500 && response.status !== 503) {
            throw new Error("the server broke");
          }
          return {refusal: await response.text()};
        }));
      }
      return pictures.get(address);
    }

    function show() {
      const address = choice.value;
      const name = choice.selectedOptions[0].textContent.trim();
      status.textContent = "Fetching " + name.toLowerCase() + "…";
      root.querySelector("[data-paper-turn='-1']").disabled = choice.selectedIndex === 0;
      root.querySelector("[data-paper-turn='1']").disabled = choice.selectedIndex === choice.options.length - 1;
      fetchPage(address).then(function (picture) {
        if (!picture.address) {
          pictures.delete(address);
        }
        if (choice.value !== address) {
          return;
        }
        if (!picture.address) {
          image.hidden = true;
          status.innerHTML = picture.refusal; /* Our own page's words, escaped where they were made. */
          return;
        }
        status.textContent = "";
        image.src = picture.address;
        image.alt = name + " of the signed order";
        image.hidden = false;
        region.scrollTo(0, 0);
      }, function () {
        pictures.delete(address);
        if (choice.value === address) {
          image.hidden = true;
          status.textContent = "This page was not fetched: no connection, or a fault at the other end. Choose it again to try once more.";
        }
      });
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
