/**
 * A guarded model server and the vendors' own clients: what they make of its answers, and what they do next. Clients are made as
 * their manuals say, but for the server they call and the two repetitions they are allowed.
 */
package io.ostiary.tests.sdk;
