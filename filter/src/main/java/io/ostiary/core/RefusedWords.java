package io.ostiary.core;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a route's calls may not have.
 *
 * @param refused answered as an inspection of the content would be, or {@code null}
 * @param custom answered as a rule of the operator's own, or {@code null}
 */
record RefusedWords(@Nullable WordList refused, @Nullable WordList custom) {

  /** There is no list. */
  static final RefusedWords NONE = new RefusedWords(null, null);

  /** Something that has texts. */
  interface Texts {

    /** The line of the list that has something of the texts, or 0. */
    int find(WordList list) throws IOException;
  }

  /**
   * What of the lists is in a text.
   *
   * @param reason why the text is refused
   * @param entry where the entry stands that it has, for the operator's log
   */
  record Found(Reason reason, String entry) {}

  boolean areNone() {
    return refused == null && custom == null;
  }

  /** The first thing of the lists that is in some texts, or {@code null}. */
  @Nullable Found find(Texts texts) throws IOException {
    Found found = find(texts, refused, Reason.CONTENT_REFUSED);
    return found != null ? found : find(texts, custom, Reason.CONTENT_REFUSED_CUSTOM);
  }

  private static @Nullable Found find(Texts texts, @Nullable WordList list, Reason reason)
      throws IOException {
    int line = list == null ? 0 : texts.find(list);
    return list == null || line == 0 ? null : new Found(reason, list.name() + ":" + line);
  }
}
