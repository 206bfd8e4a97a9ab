package io.ostiary.core;

/** Bytes in place of others: those from one place of a content up to another. */
@SuppressWarnings("ArrayRecordComponent") // only ever read
record Splice(long from, long to, byte[] bytes) {}
