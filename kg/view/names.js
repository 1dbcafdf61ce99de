// Finding names: as written, without quotation marks, by pinyin or its initials, by several words, with one wrong character.

export const fold = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[《》“”"'「」·]/gu, "")
    .trim();
const LATIN = /^[a-zü]+$/u;

// How well a name answers to one word: 0 is the name itself, 1 its beginning, 2 a part; Infinity not at all.
function written(name, word) {
  const at = name.indexOf(word);
  return at < 0 ? Infinity : at > 0 ? 2 : name.length === word.length ? 0 : 1;
}

// Does a word spell syllables of the name from some character on, each whole or by its initial?
function spelt(readings, word) {
  const from = (i, rest) =>
    rest === "" ||
    (i < readings.length &&
      readings[i].some(
        (syllable) =>
          (rest.startsWith(syllable) && from(i + 1, rest.slice(syllable.length))) ||
          (rest[0] === syllable[0] && from(i + 1, rest.slice(1))) ||
          syllable.startsWith(rest),
      ));
  for (let i = 0; i < readings.length; i += 1) if (from(i, word)) return i ? 3.5 : 3;
  return Infinity;
}

// Is the word in the name but for one character wrong, missing or too many?
function near(name, word) {
  let row = Array.from({ length: word.length + 1 }, (_, i) => i);
  let best = row[word.length];
  for (const char of name) {
    const next = [0];
    for (let i = 1; i <= word.length; i += 1)
      next[i] = Math.min(row[i] + 1, next[i - 1] + 1, row[i - 1] + (char === word[i - 1] ? 0 : 1));
    row = next;
    best = Math.min(best, row[word.length]);
  }
  return best <= 1 ? 5 : Infinity;
}

export class Names {
  // entries: [{id, names, told}]; pinyin: readings by character, joined by blanks.
  constructor(entries, pinyin) {
    const split = new Map(Object.entries(pinyin).map(([char, readings]) => [char, readings.split(" ")]));
    this.entries = entries.map((entry) => ({ ...entry, names: entry.names.map(fold) }));
    this.readings = (name) => [...name].map((char) => split.get(char) ?? [char]);
  }

  // The entries that a query means, best first: [{id, rank, …}].
  find(query, most = 30) {
    const words = fold(query).split(/\s+/u).filter(Boolean);
    if (!words.length) return [];
    const by = (rank) => {
      const fitting = [];
      for (const entry of this.entries) {
        const best = Math.min(...entry.names.map((name) => words.reduce((sum, word) => sum + rank(name, word), 0)));
        if (best < Infinity) fitting.push({ ...entry, rank: best });
      }
      return fitting;
    };
    let found = by((name, word) =>
      Math.min(written(name, word), LATIN.test(word) ? spelt(this.readings(name), word) : Infinity),
    );
    if (!found.length && words.every((word) => word.length > 2)) found = by((name, word) => near(name, word));
    return found
      .sort(
        (a, b) => a.rank - b.rank || b.told - a.told || a.names[0].length - b.names[0].length || (a.id < b.id ? -1 : 1),
      )
      .slice(0, most);
  }
}
