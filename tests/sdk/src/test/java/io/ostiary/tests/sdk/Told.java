package io.ostiary.tests.sdk;

import java.util.Map;

/**
 * What a client made of a call, through its own interface alone. What it does not tell is {@code null}.
 *
 * @param error the simple name of the error that it raised
 * @param status that of the error
 * @param text what had been read, be it before the error
 * @param headers of the answer or of the error, their names in small letters
 */
record Told(
    String error,
    Integer status,
    String code,
    String type,
    String message,
    String text,
    Map<String, String> headers) {}
