/**
 * One class for each hook: what stands behind it, which is loaded beside that container. A further container is a class here, a
 * line in {@code io.ostiary.agent.Hook}, and one in {@code io.ostiary.agent.Advice}.
 */
@NullMarked
package io.ostiary.agent.container;

import org.jspecify.annotations.NullMarked;
