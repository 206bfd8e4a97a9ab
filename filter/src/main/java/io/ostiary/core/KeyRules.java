package io.ostiary.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all keys alike.
 *
 * @param forwarded whether the app sees the credential that came with a call
 * @param told whether the app is told the key's tag, in {@link Veil#TOLD}
 * @param query the query parameter in which a key may come, or {@code null} for none
 * @param failures the budget of failed authentications that each {@link Origin} has, or {@code null} for no end of them
 * @param signatureAge how far the date of a signed call may be from the time of day, either way
 */
record KeyRules(
    boolean forwarded,
    boolean told,
    @Nullable String query,
    @Nullable Limit failures,
    Duration signatureAge) {}
