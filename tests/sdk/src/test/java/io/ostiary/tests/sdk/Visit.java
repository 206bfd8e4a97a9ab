package io.ostiary.tests.sdk;

/**
 * One call as the server's own log has it, whoever answered it.
 *
 * @param beganMillis when it came, in milliseconds from some moment
 * @param retryAfterMillis what the answer's {@code retry-after-ms} says, or −1
 */
record Visit(int status, long beganMillis, long retryAfterMillis) {}
