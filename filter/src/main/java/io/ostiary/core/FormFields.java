package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, or of a query, in {@code application/x-www-form-urlencoded} (WHATWG URL Standard, section 5.1): names in
 * the order of their first value, values in theirs. At most {@value #MOST} fields.
 */
public final class FormFields {

  /** The number of fields that one body or query may have. */
  public static final int MOST = 1000;

  private final Map<String, List<String>> values;

  private FormFields(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads the fields of a body.
   *
   * @param charset what its percent-encoded bytes mean; UTF-8 unless the request says otherwise
   * @throws MalformedBodyException if there are too many
   */
  public static FormFields parse(Body body, Charset charset) throws MalformedBodyException {
    try (InputStream in = body.stream()) {
      return new Reader(charset).read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("a body that was read already cannot be read", e);
    }
  }

  /**
   * Reads the fields of a query, without its question mark.
   *
   * @throws MalformedBodyException if there are too many
   */
  public static FormFields parseQuery(@Nullable String query, Charset charset)
      throws MalformedBodyException {
    return new Reader(charset).read((query == null ? "" : query).getBytes(StandardCharsets.UTF_8));
  }

  /** These fields followed by others: a query's come before a form's (Servlet 5.0, section 3.1). */
  public FormFields and(FormFields others) {
    Map<String, List<String>> all = new LinkedHashMap<>(values);
    others.values.forEach((name, more) -> all.merge(name, more, FormFields::joined));
    return new FormFields(Collections.unmodifiableMap(all));
  }

  private static List<String> joined(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return Collections.unmodifiableList(all);
  }

  /** Every name with its values, of which there is at least one; neither can be changed. */
  public Map<String, List<String>> values() {
    return values;
  }

  /** One pass over the bytes of a form, which are decoded in place. */
  private static final class Reader {

    private final Charset charset;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private int count;

    Reader(Charset charset) {
      this.charset = charset;
    }

    FormFields read(byte[] bytes) throws MalformedBodyException {
      int from = 0;
      while (from < bytes.length) {
        int to = indexOf(bytes, '&', from, bytes.length);
        if (to > from) {
          field(bytes, from, to);
        }
        from = to + 1;
      }
      values.replaceAll((name, list) -> Collections.unmodifiableList(list));
      return new FormFields(Collections.unmodifiableMap(values));
    }

    private void field(byte[] bytes, int from, int to) throws MalformedBodyException {
      if (++count > MOST) {
        throw new MalformedBodyException("more than " + MOST + " form fields");
      }
      int equals = indexOf(bytes, '=', from, to);
      String name = UrlEncoding.decode(bytes, from, equals, charset);
      String value = UrlEncoding.decode(bytes, Math.min(equals + 1, to), to, charset);
      values.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int end) {
      int at = from;
      while (at < end && bytes[at] != wanted) {
        at++;
      }
      return at;
    }
  }
}
