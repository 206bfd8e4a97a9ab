/** All that the agent shows to the application: its entry points, and what the woven lines in a container's methods call. */
@NullMarked
package io.ostiary.agent.hook;

import org.jspecify.annotations.NullMarked;
