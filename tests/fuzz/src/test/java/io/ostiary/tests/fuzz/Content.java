package io.ostiary.tests.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The content of a coded body, as carefree apps unpack it. */
final class Content {

  private Content() {}

  /** Unpacks what a coding says, outermost first; one that is not known is nothing. */
  static byte[] of(byte[] body, String coding) throws IOException {
    byte[] content = body;
    String[] codings = coding.toLowerCase(Locale.ROOT).split(",", -1);
    for (int i = codings.length - 1; i >= 0; i--) {
      if (codings[i].contains("gzip")) {
        content = read(new GZIPInputStream(new ByteArrayInputStream(content)));
      } else if (codings[i].contains("deflate")) {
        content = inflated(content);
      }
    }
    return content;
  }

  private static byte[] inflated(byte[] packed) throws IOException {
    try {
      return read(new InflaterInputStream(new ByteArrayInputStream(packed)));
    } catch (IOException noZlib) {
      return read(new InflaterInputStream(new ByteArrayInputStream(packed), new Inflater(true)));
    }
  }

  /** What came before an end that is broken is content all the same. */
  private static byte[] read(InputStream in) throws IOException {
    byte[] content = in.readNBytes(1 << 20);
    in.close();
    return content;
  }
}
