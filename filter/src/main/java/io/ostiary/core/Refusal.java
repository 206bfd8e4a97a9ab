package io.ostiary.core;

import java.util.List;

/**
 * An answer that is ready to write: status, headers without {@code Content-Length}, and the body's bytes. The bytes are
 * shared and must not be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // written once to a socket, never compared
public record Refusal(int status, List<Header> headers, byte[] body) {}
