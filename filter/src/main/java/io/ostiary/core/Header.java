package io.ostiary.core;

/** One header line of an answer. */
public record Header(String name, String value) {}
