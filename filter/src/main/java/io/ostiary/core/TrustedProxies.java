package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * Who is believed when he says for whom he calls.
 *
 * @param addresses of the peers whose forwarding headers are believed
 * @param header the one header in which they say so, or {@code null} for {@code X-Forwarded-For} and {@code Forwarded}, which must
 *     then agree
 */
record TrustedProxies(AddressSet addresses, @Nullable String header) {}
