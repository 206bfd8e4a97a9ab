package io.ostiary.core;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What one answer tells and shows of the tokens it took, read as its bytes pass. */
final class AnswerUsage {

  private static final Fields USAGE =
      Fields.of(
          "usage.total_tokens",
          "usage.prompt_tokens",
          "usage.completion_tokens",
          "usage.input_tokens",
          "usage.output_tokens");
  private static final int TOTAL = 0;
  private static final int PROMPT = 1;
  private static final int COMPLETION = 2;
  private static final int INPUT = 3;
  private static final int OUTPUT = 4;

  private @Nullable JsonScanner scanner;
  private int status;
  private long bytes;
  private boolean opaque;

  AnswerUsage(UsagePaths paths, boolean incremental, @Nullable BooleanSupplier mayGoOn) {}

  void head(int status, @Nullable String contentType, @Nullable String contentEncoding) {
    this.status = status;
    opaque = contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity");
    if (!opaque && contentType != null && MediaType.isJson(contentType.toLowerCase(Locale.ROOT))) {
      scanner = JsonScanner.lenient(USAGE);
    } else {
      opaque = true;
    }
  }

  int bytes(byte[] bytes, int offset, int length) {
    this.bytes += length;
    if (scanner != null) {
      scanner.accept(bytes, offset, length);
    }
    return length;
  }

  void finish() {
    if (scanner != null) {
      scanner.finish();
    }
  }

  boolean isError() {
    return status >= 400;
  }

  boolean isOpaque() {
    return opaque;
  }

  long bytesSeen() {
    return bytes;
  }

  long inputReported() {
    return Math.max(count(PROMPT), count(INPUT));
  }

  long outputReported() {
    return Math.max(count(COMPLETION), count(OUTPUT));
  }

  long totalReported() {
    return count(TOTAL);
  }

  long textUnreported() {
    return Math.max(outputReported(), totalReported()) > 0 ? 0 : textBytes();
  }

  long textBytes() {
    return scanner == null ? 0 : scanner.textBytes();
  }

  private long count(int field) {
    if (scanner == null || scanner.kind(field) != JsonScanner.Kind.NUMBER) {
      return -1;
    }
    return Math.max(0, Math.min(scanner.integer(field), Integer.MAX_VALUE));
  }
}
