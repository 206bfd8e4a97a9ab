package io.ostiary.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of guarded paths that are judged alike.
 *
 * @param paths in the order of the file
 * @param dialect the vendor whose errors are spoken here
 * @param normalise which errors from behind the guard are told in its words
 * @param model where a call names its model
 * @param keyed whether a call needs a key; without one nothing but size and text is looked at
 * @param maxBody the largest body, in bytes
 * @param maxBodyText the same as the operator wrote it, for the refusal's text
 * @param models the models that are served here, out of those that exist
 * @param defaultOutput the tokens reserved for the output of a call that names no maximum
 * @param defaultShare the percentage of the smallest budget that such a reservation may take, 1 to 100
 * @param enforcedCap the field in which a call that names no maximum is given the one reserved for it, or {@code null} if bodies
 *     are left as they are
 * @param usage where answers tell what they took
 * @param shape what a call's JSON must have beside its model
 * @param words what the text of a call may not have
 * @param hardStop whether streams are ended when a token budget is used up
 * @param timeout how long a call may take; zero for as long as it likes
 */
record Route(
    String name,
    List<PathPattern> paths,
    Dialect dialect,
    Normalise normalise,
    ModelSource model,
    boolean keyed,
    long maxBody,
    String maxBodyText,
    NameSet models,
    long defaultOutput,
    long defaultShare,
    @Nullable String enforcedCap,
    UsagePaths usage,
    Shape shape,
    RefusedWords words,
    boolean hardStop,
    Duration timeout) {}
