package io.ostiary.core;

/**
 * One search for what is on a {@link WordList}, in one text after another. A pattern's pieces must come in their order, in one text
 * and without overlap; the earliest place of each is the best, so that no text is looked at twice. Confined to one thread.
 */
final class WordSearch {

  private final WordList list;
  private final TextFold fold = new TextFold(this::symbol);
  private final WordTrie trie;
  private final long[] awaited;

  /** Where the piece before each awaited one has ended, in symbols. */
  private final int[] starts;

  private int node;
  private int position;
  private boolean moved;

  /** The line of the list that has something of the text, or 0. */
  private int found;

  WordSearch(WordList list) {
    this.list = list;
    this.trie = list.trie;
    boolean patterns = list.hasPatterns();
    this.awaited = patterns ? list.firsts.clone() : new long[0];
    this.starts = new int[patterns ? WordList.MOST_PIECES : 0];
  }

  /** Begins a text. */
  void begin() {
    fold.begin(false);
    node = WordTrie.ROOT;
    position = 0;
    found = 0;
    if (moved) {
      System.arraycopy(list.firsts, 0, awaited, 0, awaited.length);
      moved = false;
    }
  }

  /** Takes the next character of the text. */
  void accept(int codePoint) {
    if (found == 0) {
      fold.accept(codePoint);
    }
  }

  /** Ends the text; answers the line of the list that has something of it, or 0. */
  int end() {
    if (found == 0) {
      fold.end();
    }
    return found;
  }

  private void symbol(int symbol) {
    position++;
    node = trie.step(node, symbol);
    int end = trie.longestEnd(node);
    while (end != WordTrie.ROOT && found == 0) {
      int word = trie.word(end);
      if (list.isWhole(word)) {
        found = list.line(word);
      } else {
        piece(list.places(word), trie.length(end));
      }
      end = trie.shorterEnd(end);
    }
  }

  private void piece(long[] places, int length) {
    for (int i = 0; i < places.length; i++) {
      long filled = places[i] & awaited[i];
      while (filled != 0) {
        int place = i * Long.SIZE + Long.numberOfTrailingZeros(filled);
        filled &= filled - 1;
        if (starts[place] <= position - length) {
          fill(place);
        }
      }
    }
  }

  private void fill(int place) {
    if (list.isLast(place)) {
      found = list.lineOfPlace(place);
      return;
    }
    moved = true;
    awaited[place / Long.SIZE] &= ~(1L << place);
    awaited[(place + 1) / Long.SIZE] |= 1L << (place + 1);
    starts[place + 1] = position;
  }
}
