// One search over names, amounts and quotes.

const names = new Names(
  Object.entries(data.entities).map(([id, entity]) => ({
    id,
    names: [entity.label, ...entity.alt],
    told: byEntity.get(id)?.size ?? 0,
  })),
  data.pinyin,
);

// What a query means: entities by name, then the measures that tell these words or this sum.
function answers(query) {
  const found = names.find(query).map(({ id, told: times }) => ({
    act: () => look(id),
    text: data.entities[id].label,
    look: looks[data.entities[id].kind],
    note: [term(data.entities[id].type), times ? word("measuresN", { n: times }) : ""].filter(Boolean).join(DOT),
  }));
  const plain = query.replace(/\s/gu, "");
  const telling = [...plain].length > 1 ? measureList.filter((measure) => says(measure, plain)) : [];
  const listing = () =>
    go({
      words: plain,
      view: state.view === "graph" && telling.length > 1 ? "table" : state.view,
      node: telling.length === 1 ? telling[0].id : "",
    });
  if (telling.length)
    found.push({
      act: listing,
      text: word("telling", { n: telling.length, words: plain }),
      look: looks.Measure,
      note: "",
    });
  for (const measure of telling.slice(0, 6))
    found.push({
      act: () => look(measure.id),
      text: measureName(measure),
      look: looks.Measure,
      note: passage(measure.at[0])?.quote.slice(0, 40) ?? "",
    });
  return found;
}

function listenToSearch() {
  combobox({
    box: byId("search"),
    list: byId("results"),
    status: byId("found"),
    answers,
    none: () => word(data.whole ? "nothing" : "nothingHere"),
    counted: (n) => word("foundN", { n }),
  });
}
