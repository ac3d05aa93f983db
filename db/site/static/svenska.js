// Swedish words for what Datasette itself says in English.
(() => {
  const exact = {
    "home": "start", "Apply": "Tillämpa", "- column -": "- kolumn -", "- remove filter -": "- ta bort filtret -",
    "View and edit SQL": "Visa och ändra SQL", "Search:": "Sök:", "advanced": "fler val", "Sort ascending": "Sortera stigande",
    "Sort descending": "Sortera fallande", "Facet by this": "Räkna efter denna", "Hide this column": "Dölj kolumnen",
    "Show all columns": "Visa alla kolumner", "Show not-blank rows": "Visa bara ifyllda rader", "Next page": "Nästa sida",
    "Run SQL": "Kör SQL", "Format SQL": "Snygga till SQL", "Custom SQL query": "Egen fråga (SQL)", "Advanced export": "Hämta tabellen",
    "Queries": "Frågor", "Views": "Vyer", "contains": "innehåller", "does not contain": "innehåller inte", "ends with": "slutar med",
    "starts with": "börjar med", "is null": "är tom", "is not null": "är ifylld", "is blank": "är blank", "is not blank": "är inte blank",
    "in": "är något av", "not in": "är inget av", "0 records": "Inga rader", "Hidden tables": "Dolda tabeller",
  };
  const patterns = [
    [/^([\d,]+) rows?(.*)$/s, (m) => `${m[1].replace(/,/g, " ")} ${m[1] === "1" ? "rad" : "rader"}${m[2]}`],
    [/sorted by (\S+) descending/, (m, t) => t.replace(m[0], `sorterade fallande efter ${m[1]}`)],
    [/sorted by (\S+)/, (m, t) => t.replace(m[0], `sorterade efter ${m[1]}`)],
    [/\bwhere\b/, (m, t) => (/\s(rad|rader)\s/.test(t) ? t.replace("where", "där") : t)],
    [/^This data as $/, () => "Hämta som "],
    [/^(.*) \(view\)$/, (m) => m[1]],
  ];
  const translate = (text) => {
    const trimmed = text.trim();
    if (trimmed in exact) return text.replace(trimmed, exact[trimmed]);
    let result = text;
    for (const [pattern, make] of patterns) {
      const match = result.trim().match(pattern) || result.match(pattern);
      if (match) result = make(match, result.trim());
    }
    return result;
  };
  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.lang = "sv";
    const skip = "td, pre, textarea, .traffar, .sokruta, .vyer, .facet-info";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() && !node.parentElement.closest(skip)) node.data = translate(node.data);
    }
    const views = ["rekommendationer", "maluppfyllelse", "revisionsfragor"];
    const filters = document.querySelector("form.filters");
    if (filters && views.some((view) => document.body.classList.contains(`table-${view}`))) {
      const row = document.createElement("div");
      row.className = "search-row";
      row.innerHTML = '<label for="_sok">Sök:</label><input id="_sok" type="search" name="_sok">';
      row.querySelector("input").value = new URLSearchParams(location.search).get("_sok") || "";
      filters.prepend(row);
    }
    for (const button of document.querySelectorAll("input[type=submit]")) button.value = exact[button.value] || button.value;
    const definition = document.querySelector("body.table pre.wrapped-sql");
    if (definition && /create view/i.test(definition.textContent)) {
      const details = document.createElement("details");
      details.innerHTML = "<summary>Så är vyn gjord (SQL)</summary>";
      definition.replaceWith(details);
      details.append(definition);
    }
  });
})();
