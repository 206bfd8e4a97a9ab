/**
 * The kernel: one pure decision per call. No servlet type appears here; shells carry the decisions out.
 *
 * <p>A request is shown as a {@link io.ostiary.core.Call}; {@link io.ostiary.core.Guard} answers with a {@link
 * io.ostiary.core.Decision}.
 */
@NullMarked
package io.ostiary.core;

import org.jspecify.annotations.NullMarked;
