package example.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts text into tokens: English words with the space before them, Chinese pairs that were seen often, and single
 * characters for the rest. The longest piece of the vocabulary wins. Joined together again the tokens are the text.
 */
final class Tokenizer {

  private static final Pattern WORD = Pattern.compile(" ?[A-Za-z]+");
  private static final int FREQUENT = 5;

  private final Set<String> vocabulary;
  private final int longest;

  private Tokenizer(Set<String> vocabulary) {
    this.vocabulary = vocabulary;
    this.longest = vocabulary.stream().mapToInt(String::length).max().orElse(1);
  }

  /** A tokenizer whose vocabulary is made for these texts. */
  static Tokenizer learn(List<String> texts) {
    Set<String> vocabulary = new HashSet<>();
    Map<String, Integer> pairs = new HashMap<>();
    for (String text : texts) {
      Matcher words = WORD.matcher(text);
      while (words.find()) {
        vocabulary.add(words.group());
      }
      for (int i = 0; i + 2 <= text.length(); i++) {
        if (isHan(text.charAt(i)) && isHan(text.charAt(i + 1))) {
          pairs.merge(text.substring(i, i + 2), 1, Integer::sum);
        }
      }
    }
    pairs.forEach(
        (pair, count) -> {
          if (count >= FREQUENT) {
            vocabulary.add(pair);
          }
        });
    return new Tokenizer(vocabulary);
  }

  /** The tokens of a text, in order. */
  List<String> encode(String text) {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at + longestAt(text, at);
      tokens.add(text.substring(at, end));
      at = end;
    }
    return tokens;
  }

  private int longestAt(String text, int at) {
    for (int length = Math.min(longest, text.length() - at); length > 1; length--) {
      if (vocabulary.contains(text.substring(at, at + length))) {
        return length;
      }
    }
    return Character.charCount(text.codePointAt(at));
  }

  private static boolean isHan(char c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }
}
