"use strict";
const events = new EventSource("events");
const foot = document.querySelector("footer p");
events.onopen = () => {
  foot.textContent = "Live. All times are in UTC.";
};
events.onmessage = event => {
  document.querySelector("main").outerHTML = event.data;
};
events.onerror = () => {
  events.close();
  document.body.classList.add("ended");
  foot.textContent =
    "No longer live: the command has ended, or cannot be reached. This is how it was at " + new Date().toISOString() + ".";
};
