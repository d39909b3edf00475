// What runs in the browser: the address and the controls keep each other in step, the posts grid
// asks its questions, calendars speak French and Arabic. Nothing here builds HTML from text.
(() => {
  "use strict";
  const clientside = (window.dash_clientside = window.dash_clientside || {});
  const same = () => clientside.no_update;
  const PHONE = 700;

  // Month and day names for the calendar (dayjs), from the browser's own knowledge of languages.
  const locale = (name, tag) => {
    const month = (form) =>
      [...Array(12).keys()].map((n) =>
        new Intl.DateTimeFormat(tag, { month: form, timeZone: "UTC" }).format(Date.UTC(2024, n, 15)));
    const day = (form) =>
      [...Array(7).keys()].map((n) =>
        new Intl.DateTimeFormat(tag, { weekday: form, timeZone: "UTC" }).format(Date.UTC(2024, 8, 1 + n)));
    const formats = { LT: "HH:mm", L: "DD/MM/YYYY", LL: "D MMMM YYYY" };
    return {
      name, months: month("long"), monthsShort: month("short"), weekdays: day("long"),
      weekdaysShort: day("short"), weekdaysMin: day("narrow"), weekStart: 1, formats,
      ordinal: (n) => `${n}`, relativeTime: {},
    };
  };
  window.dayjs_locale_fr = locale("fr", "fr-MA");
  window.dayjs_locale_ar = locale("ar", "ar-MA-u-nu-latn");

  const plain = { scope: "all", period: "life", against: "the_days" };
  const read = (search) => new URLSearchParams(search || "");
  const write = (parts) => {
    const text = parts.toString().replaceAll("%2C", ",");
    return text ? `?${text}` : "";
  };
  const put = (parts, name, value, standard) => {
    if (value && value !== standard) parts.set(name, value);
    else parts.delete(name);
  };

  const rangeBox = (period) =>
    period === "custom" ? "control-range" : "control-range control-hidden";

  Object.assign((clientside.sada = clientside.sada || {}), {
    // Controls → address. What is left at its default is not in the address.
    toAddress: (campaign, period, range, scope, platforms, against, search) => {
      const parts = read(search);
      const before = write(parts);
      const whole = Array.isArray(range) && range.length === 2 && range[0] && range[1];
      if (campaign) {
        if (parts.get("campaign") !== campaign && parts.has("campaign")) {
          parts.delete("topic");
          platforms = [];
          if (against === campaign) against = ""; // nothing is compared with itself
        }
        parts.set("campaign", campaign);
      }
      // The date field shows as soon as dates are to be chosen; the address waits for both.
      clientside.set_props("range-box", { className: rangeBox(period) });
      if (period === "custom" && !whole) return same();
      put(parts, "period", period, plain.period);
      put(parts, "scope", scope, plain.scope);
      put(parts, "with", against, plain.against);
      put(parts, "platforms", (platforms || []).slice().sort().join(","), "");
      put(parts, "from", period === "custom" ? range[0] : "", "");
      put(parts, "to", period === "custom" ? range[1] : "", "");
      const after = write(parts);
      if (after === before) return same();
      const named = read(search);
      if (!named.has("campaign")) {
        named.set("campaign", campaign || "");
        if (write(named) === after) { // only the name of what is shown anyway: no new page to go back to
          window.history.replaceState(window.history.state, "", window.location.pathname + after);
          return same();
        }
      }
      clientside.set_props("url", { search: after });
      return same();
    },

    // Address → controls, for the back button and for links.
    fromAddress: (search, defaults, campaign, period, range, scope, platforms, against) => {
      const parts = read(search);
      const from = parts.get("from"), to = parts.get("to");
      const dates = from && to ? [from, to] : range || [];
      const wanted = [
        parts.get("campaign") || (defaults || {}).campaign || campaign,
        parts.get("period") || plain.period,
        dates,
        parts.get("scope") || plain.scope,
        (parts.get("platforms") || "").split(",").filter(Boolean),
        parts.get("with") || plain.against,
      ];
      const now = [campaign, period, range, scope, platforms, against];
      const out = wanted.map((value, n) =>
        JSON.stringify(value) === JSON.stringify(now[n]) ? same() : value);
      return [...out, rangeBox(wanted[1])];
    },

    // Links to the other pages and languages keep what is chosen.
    links: (search, pathname, pages, languages) => {
      const page = (pathname || "/").replace(/^\/+|\/+$/g, "") || "overview";
      document.body.dataset.page = page;
      document.body.dataset.against = read(search).get("with") || plain.against;
      document.querySelectorAll(".nav-link").forEach((link) => {
        const target = new URL(link.href).pathname.replace(/^\/+|\/+$/g, "") || "overview";
        if (target === page) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      });
      const kept = read(search);
      kept.delete("topic");
      const hrefs = pages.map(({ page: name }) => (name === "overview" ? "/" : `/${name}`) + write(kept));
      const speaking = languages.map(({ language }) => {
        const parts = read(search);
        parts.set("lang", language);
        return (pathname || "/") + write(parts);
      });
      return [hrefs, speaking];
    },

    nothing: () => null,

    open: (clicks) => (clicks ? true : same()),

    toggleControls: (clicks, name) => {
      const open = (name || "").includes("controls-open");
      const button = document.getElementById("controls-toggle");
      if (button) button.setAttribute("aria-expanded", String(!open));
      return open ? "controls" : "controls controls-open";
    },

    // The filters above the posts become the question that the grid sends along.
    question: (search, label, language, kind, topic, copies, model) => {
      const asked = { search: search || "", label: label || "", language: language || "",
        kind: kind || "", topic: topic || "", copies: copies || "" };
      const filter = JSON.stringify(asked);
      if (model && model.q && model.q.filter === filter) return same();
      return { q: { filterType: "text", type: "contains", filter } };
    },

    // A phone shows each post whole in one column, and the rest of it in its detail.
    columns: (_id, columns, options) => {
      if (window.innerWidth >= PHONE || !columns) return [same(), same()];
      const shown = columns.map((column) => ({ ...column, hide: column.field !== "text", minWidth: 0 }));
      return [shown, { ...options, rowHeight: 104 }];
    },
  });

  // Cells of the posts grid. React puts text in as text, so nothing in a post can run.
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  cells.SadaPost = (props) => {
    const { createElement } = window.React;
    const row = props.data;
    if (!row) return createElement("span", { className: "bone bone-cell" });
    const meta = [row.when, row.platform, row.label].filter(Boolean);
    return createElement("div", { className: "post-cell" },
      createElement("p", { className: "post-cell-text", dir: "auto" },
        row.mark ? createElement("span", { className: "post-mark" }, row.mark) : null, row.text),
      createElement("div", { className: "post-cell-meta" },
        ...meta.map((text, n) => createElement("span", { key: n }, text))));
  };
  cells.SadaWhen = (props) => {
    const { createElement } = window.React;
    const row = props.data;
    if (!row) return null;
    return createElement("div", null, createElement("div", null, row.when),
      createElement("div", { className: "cell-more" }, row.platform));
  };
  cells.SadaShort = (props) =>
    window.React.createElement("div", { className: "cell-short", dir: "auto" }, props.value);
  cells.SadaLabel = (props) => {
    const row = props.data;
    if (!row || !row.label) return null;
    return window.React.createElement("span", { className: `tone tone-${row.tone}` }, row.label);
  };
})();
