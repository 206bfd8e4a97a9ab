/**
 * One class for each hook: its advice, which is inlined into a container's method, and what stands behind it, which is
 * loaded beside that container. A further container is a class here and a line in {@code io.ostiary.agent.Hook}.
 */
@NullMarked
package io.ostiary.agent.container;

import org.jspecify.annotations.NullMarked;
