package io.ostiary.core;

import java.util.Arrays;

/**
 * The automaton of Aho and Corasick: which of many words end at each symbol of a text, in one pass and in time linear in the text,
 * whatever the text is. Words are added, then it is {@link #link linked}, and from then on it does not change.
 */
final class WordTrie {

  /** Where every text begins. */
  static final int ROOT = 0;

  private static final int NONE = -1;
  private static final int SYMBOL_BITS = 21;
  private static final int ASCII = 128;

  private int nodes = 1;
  private int[] parents = new int[64];
  private int[] symbols = new int[64];
  private int[] depths = new int[64];

  /** The id of the word that ends at a node, or {@link #NONE}. */
  private int[] words = new int[64];

  /** Where a node's word goes on once its own next symbol is missing: the longest end of it that begins a word too. */
  private int[] fails = {};

  /** The nearest node on the way of fails, itself included, at which a word ends; {@link #ROOT} for none. */
  private int[] ends = {};

  /** The steps: a node and a symbol lead to a node. Open addressing; half of the places at least are free, and hold 0. */
  private long[] keys = new long[128];

  private int[] targets = new int[128];

  /** The steps from the root by ASCII, which is where most of a harmless text is spent. */
  private final int[] fromRoot = new int[ASCII];

  WordTrie() {
    words[ROOT] = NONE;
  }

  /**
   * Adds a word.
   *
   * @param id 0 or more
   * @return the id that the same word has already, or this one
   */
  int add(int[] word, int id) {
    int node = ROOT;
    for (int symbol : word) {
      int next = find(node, symbol);
      node = next == NONE ? newNode(node, symbol) : next;
    }
    if (words[node] == NONE) {
      words[node] = id;
    }
    return words[node];
  }

  private int newNode(int parent, int symbol) {
    int node = nodes++;
    if (node == parents.length) {
      parents = Arrays.copyOf(parents, 2 * node);
      symbols = Arrays.copyOf(symbols, 2 * node);
      depths = Arrays.copyOf(depths, 2 * node);
      words = Arrays.copyOf(words, 2 * node);
    }
    parents[node] = parent;
    symbols[node] = symbol;
    depths[node] = depths[parent] + 1;
    words[node] = NONE;
    if (2 * nodes > keys.length) {
      grow();
    }
    put(key(parent, symbol), node);
    if (parent == ROOT && symbol < ASCII) {
      fromRoot[symbol] = node;
    }
    return node;
  }

  /** Makes the automaton of what was added. */
  void link() {
    fails = new int[nodes];
    ends = new int[nodes];
    for (int node : byDepth()) {
      if (node != ROOT) {
        fails[node] = parents[node] == ROOT ? ROOT : step(fails[parents[node]], symbols[node]);
        ends[node] = words[node] == NONE ? ends[fails[node]] : node;
      }
    }
    parents = new int[0];
    symbols = new int[0];
  }

  private int[] byDepth() {
    int[] starts = new int[nodes + 1];
    for (int node = 0; node < nodes; node++) {
      starts[depths[node] + 1]++;
    }
    for (int depth = 1; depth <= nodes; depth++) {
      starts[depth] += starts[depth - 1];
    }
    int[] order = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      order[starts[depths[node]]++] = node;
    }
    return order;
  }

  /** Where a symbol leads from a node. */
  int step(int from, int symbol) {
    int node = from;
    while (node != ROOT) {
      int next = find(node, symbol);
      if (next != NONE) {
        return next;
      }
      node = fails[node];
    }
    if (symbol < ASCII) {
      return fromRoot[symbol];
    }
    return Math.max(ROOT, find(ROOT, symbol));
  }

  /** The longest word that ends at a node, as the node where it ends by itself; {@link #ROOT} if none does. */
  int longestEnd(int node) {
    return ends[node];
  }

  /** The next shorter word that ends where this one does, as {@link #longestEnd} has it. */
  int shorterEnd(int end) {
    return ends[fails[end]];
  }

  /** The id of the word that ends at a node of {@link #longestEnd}. */
  int word(int end) {
    return words[end];
  }

  /** How many symbols the word at a node has. */
  int length(int end) {
    return depths[end];
  }

  private static long key(int node, int symbol) {
    return ((long) node << SYMBOL_BITS | symbol) + 1;
  }

  private int place(long key) {
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
    while (keys[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private int find(int node, int symbol) {
    long key = key(node, symbol);
    int at = place(key);
    return keys[at] == key ? targets[at] : NONE;
  }

  private void put(long key, int target) {
    int at = place(key);
    keys[at] = key;
    targets[at] = target;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldTargets = targets;
    keys = new long[2 * oldKeys.length];
    targets = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        put(oldKeys[i], oldTargets[i]);
      }
    }
  }
}
