package io.ostiary.core;

import java.util.List;

/**
 * What is the same in every refusal of one reason.
 *
 * @param headers those that no call changes
 * @param waitHelps whether a caller that waits may then succeed
 * @param retriedByHabit whether clients try again unless they are told not to
 */
record RefusalForm(
    int status,
    List<Header> headers,
    boolean waitHelps,
    boolean retriedByHabit,
    BodyTemplate body) {}
