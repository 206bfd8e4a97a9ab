/** The agent behind its hooks: it weaves them into containers and leads calls to the one guard of the JVM. It decides nothing. */
@NullMarked
package io.ostiary.agent;

import org.jspecify.annotations.NullMarked;
